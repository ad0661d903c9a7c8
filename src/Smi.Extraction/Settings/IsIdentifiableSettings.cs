namespace Smi.Extraction.Settings;

/// <summary>IsIdentifiableServiceOptions, and of IsIdentifiableOptions what concerns DICOM files.</summary>
public sealed record IsIdentifiableSettings
{
    public required QueueSettings Queue { get; init; }

    public required ExchangeSettings Verifications { get; init; }

    /// <summary>Rule files; the folder's are read in alphabetical order after the single file.</summary>
    public string? RulesFile { get; init; }

    public string? RulesDirectory { get; init; }

    public IReadOnlyList<string> SkipColumns { get; init; } = [];

    public bool IgnorePostcodes { get; init; }

    public bool IgnoreDatesInText { get; init; }
}
