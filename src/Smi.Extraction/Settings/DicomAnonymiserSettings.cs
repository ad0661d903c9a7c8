namespace Smi.Extraction.Settings;

/// <summary>DicomAnonymiserOptions, with what this service needs beyond the original.</summary>
public sealed record DicomAnonymiserSettings
{
    public const string BuiltIn = "BuiltIn";

    /// <summary>BuiltIn, SmiCtpAnonymiser or DefaultAnonymiser; null counts as BuiltIn. What it means stands in <see cref="ToolSettings"/>.</summary>
    public string? AnonymiserType { get; init; }

    /// <summary>A CTP script; when set it is the tag policy.</summary>
    public string? CtpAllowlistScript { get; init; }

    public required QueueSettings Queue { get; init; }

    public required ExchangeSettings Statuses { get; init; }

    public string RoutingKeySuccess { get; init; } = "verify";

    public string RoutingKeyFailure { get; init; } = "noverify";

    public bool FailIfSourceWriteable { get; init; } = true;

    public int BatchSize { get; init; } = 256;

    public TimeSpan BatchTimeout { get; init; } = TimeSpan.FromSeconds(0.5);

    public int MaxAttempts { get; init; } = 5;

    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many files are worked on at the same time.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Where the journal of files in work and the audit log are kept.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Permissions of finished files, such as 0640; null leaves them as they were staged, 0600.</summary>
    public UnixFileMode? OutputMode { get; init; }

    /// <summary>Group of finished files by name or number; null leaves it.</summary>
    public string? OutputGroup { get; init; }
}
