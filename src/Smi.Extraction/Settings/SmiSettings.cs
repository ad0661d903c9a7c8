namespace Smi.Extraction.Settings;

/// <summary>The settings file as this program understands it: SmiServices' sections, with our own keys beside theirs. Relative paths of our own keys are relative to the file.</summary>
public sealed record SmiSettings
{
    /// <summary>The settings file.</summary>
    public required string Path { get; init; }

    public required BrokerSettings Broker { get; init; }

    public required LoggingSettings Logging { get; init; }

    public required FileSystemSettings FileSystem { get; init; }

    public required ExtractImagesSettings ExtractImages { get; init; }

    public required CohortExtractorSettings CohortExtractor { get; init; }

    public required DicomAnonymiserSettings DicomAnonymiser { get; init; }

    public required DeidSettings Deid { get; init; }

    public required ToolSettings Tools { get; init; }

    public required PixelSettings Pixels { get; init; }

    public required TextSettings Texts { get; init; }

    public required FileCopierSettings FileCopier { get; init; }

    public required IsIdentifiableSettings IsIdentifiable { get; init; }

    public required CohortPackagerSettings CohortPackager { get; init; }

    public required HealthSettings Health { get; init; }

    public TracingSettings Tracing { get; init; } = new();

    /// <summary>What a reader of the settings should know: keys of the originals that are not used here.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Every key that the program reads, with the sections it stands in.</summary>
    internal IReadOnlySet<string> Keys { get; init; } = new HashSet<string>();
}
