namespace Smi.Extraction.Settings;

/// <summary>CohortPackagerOptions, with the job store of our own.</summary>
public sealed record CohortPackagerSettings
{
    public required QueueSettings RequestInfos { get; init; }

    public required QueueSettings CollectionInfos { get; init; }

    public required QueueSettings NoVerifyStatuses { get; init; }

    public required QueueSettings Verifications { get; init; }

    public TimeSpan JobWatcherInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Line ends of the CSV reports.</summary>
    public string ReportNewLine { get; init; } = "\n";

    public required JobStoreSettings JobStore { get; init; }
}
