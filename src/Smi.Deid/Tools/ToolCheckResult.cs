namespace Smi.Deid.Tools;

/// <summary>What a look at one configured tool has shown.</summary>
public sealed record ToolCheckResult
{
    public required string Tool { get; init; }

    /// <summary>Where its program was found; null when it is not there.</summary>
    public string? Program { get; init; }

    /// <summary>Digits and dots of what it says about its version; null when it says nothing of the kind or was not asked.</summary>
    public string? Version { get; init; }

    /// <summary>It answered for the sample file with a file that is DICOM.</summary>
    public bool Answers { get; init; }

    /// <summary>For the first file, the start of the tool included.</summary>
    public TimeSpan First { get; init; }

    /// <summary>For a file once it is warm.</summary>
    public TimeSpan Next { get; init; }

    /// <summary>What is wrong, and what that costs; null when nothing is.</summary>
    public string? Problem { get; init; }
}
