namespace Smi.Deid.Tags.Ctp;

/// <summary>One place where results differ from the original's on purpose. docs/ctp-compatibility.md lists them all.</summary>
/// <param name="Id">Short and stable.</param>
/// <param name="Original">What the original does.</param>
/// <param name="Here">What happens without strict mode.</param>
/// <param name="Reason">Why.</param>
public sealed record CtpDifference(string Id, string Original, string Here, string Reason);
