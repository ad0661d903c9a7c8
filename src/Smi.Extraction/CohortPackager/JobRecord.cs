namespace Smi.Extraction.CohortPackager;

/// <summary>A job as the packager knows it.</summary>
public sealed record JobRecord
{
    public required Guid Identifier { get; init; }

    public required string Project { get; init; }

    public required string Directory { get; init; }

    public required string SubmittedAt { get; init; }

    public string? Modality { get; init; }

    public bool IsIdentifiable { get; init; }

    public bool IsNoFilter { get; init; }

    public bool IsPooled { get; init; }

    /// <summary>Null until the request info has come.</summary>
    public string? KeyTag { get; init; }

    public long? KeyCount { get; init; }

    public string? UserName { get; init; }

    /// <summary>Null while the job is open.</summary>
    public string? CompletedAt { get; init; }

    /// <summary>The trace of the request, as a W3C traceparent; null when it was not traced.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The last part of the extraction directory.</summary>
    public string Name => Directory.Split('/')[^1];
}
