namespace Smi.Deid.Reports;

/// <summary>What becomes of an encapsulated PDF that cannot be cleaned surely: encrypted, damaged, a bomb.</summary>
public enum UncleanableDocument
{
    /// <summary>One page that says so takes its place.</summary>
    Stub,

    /// <summary>The file is refused.</summary>
    Refuse,
}
