namespace Smi.Extraction.CohortPackager;

/// <summary>How far a job is: identifiers answered by the cohort extractor, files asked for, and files without a result.</summary>
public sealed record JobProgress
{
    public required long Collections { get; init; }

    public required long Files { get; init; }

    public required long Unanswered { get; init; }

    /// <summary>Results that came in the last sixty seconds.</summary>
    public required long LastMinute { get; init; }

    /// <summary>When the latest result came; null before the first, and for results of an older program.</summary>
    public string? LastResultAt { get; init; }

    /// <summary>Complete exactly when every identifier was answered and every dispatched file is accounted for.</summary>
    public bool Completes(JobRecord job) => job.KeyCount == Collections && Unanswered == 0;
}
