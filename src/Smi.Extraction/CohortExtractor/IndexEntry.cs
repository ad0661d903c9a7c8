namespace Smi.Extraction.CohortExtractor;

/// <summary>What the index keeps of one file. A class without a printing ToString: it holds a patient's values.</summary>
internal sealed class IndexEntry
{
    /// <summary>Relative to the file system root.</summary>
    public required string Path { get; init; }

    public required long Length { get; init; }

    /// <summary>Ticks of the modification time; with the length it tells whether the file must be read again.</summary>
    public required long Modified { get; init; }

    public string? StudyInstanceUid { get; init; }

    public string? SeriesInstanceUid { get; init; }

    public string? SopInstanceUid { get; init; }

    public string? Modality { get; init; }

    public string? ImageType { get; init; }

    public string? PatientId { get; init; }

    public string? SopClassUid { get; init; }
}
