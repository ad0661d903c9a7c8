namespace Smi.Deid.Tags.Ctp;

/// <summary>How a script is to be run.</summary>
public sealed record CtpScriptOptions
{
    /// <summary>
    /// The original's results, leaks included, for comparison only: every fault of the script but broken XML is a warning.
    /// </summary>
    public bool IsStrict { get; init; }

    /// <summary>The table that <c>@lookup</c>, <c>@dateinterval</c> and the third form of <c>@incrementdate</c> read.</summary>
    public CtpLookupTable? Lookup { get; init; }
}
