namespace Smi.Extraction.Settings;

/// <summary>Where the metadata tables are, and what their columns are called.</summary>
public sealed record SqlFulfillerSettings
{
    public required DatabaseSettings Database { get; init; }

    /// <summary>Table by modality; <c>*</c> serves every other.</summary>
    public required IReadOnlyDictionary<string, string> Tables { get; init; }

    public string PathColumn { get; init; } = "RelativeFileArchiveURI";

    public string StudyColumn { get; init; } = "StudyInstanceUID";

    public string SeriesColumn { get; init; } = "SeriesInstanceUID";

    public string InstanceColumn { get; init; } = "SOPInstanceUID";

    /// <summary>Null when the table has none; the modality is then the table's.</summary>
    public string? ModalityColumn { get; init; }
}
