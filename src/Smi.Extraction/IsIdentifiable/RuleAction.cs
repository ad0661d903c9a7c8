namespace Smi.Extraction.IsIdentifiable;

/// <summary>What a rule says about a value.</summary>
internal enum RuleAction
{
    /// <summary>Nothing; the next rule is asked.</summary>
    None,

    /// <summary>The value is harmless; no other rule is asked.</summary>
    Ignore,

    /// <summary>The value identifies somebody.</summary>
    Report,
}
