namespace Smi.Deid;

/// <summary>Why a file is not let out: a plain sentence that names attribute, rule or structure and never a value.</summary>
public sealed record Refusal(string Reason);
