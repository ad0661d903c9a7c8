namespace Smi.Deid.Explanations;

/// <summary>What a policy does to one attribute of one file, and why. A class without a printing ToString: it holds values.</summary>
public sealed class ExplainedAttribute
{
    /// <summary>Sequences with item numbers, then tag and name.</summary>
    public required string Path { get; init; }

    /// <summary>kept, removed, emptied, replaced or made; of a sequence also whether its items are treated.</summary>
    public required string What { get; init; }

    /// <summary>Rule and line of a script, or clause of the standard.</summary>
    public required string Why { get; init; }

    /// <summary>The value in the file; null where there is none, the number of bytes where it is no text.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }
}
