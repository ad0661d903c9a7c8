namespace Smi.Extraction.CohortExtractor;

/// <summary>A file that a fulfiller has found. A class without a printing ToString: the path and the columns are a patient's.</summary>
internal sealed class CandidateFile
{
    /// <summary>The identifier of the request that it was found for.</summary>
    public required string Key { get; init; }

    /// <summary>Relative to the file system root.</summary>
    public required string FilePath { get; init; }

    public string? StudyInstanceUid { get; init; }

    public string? SeriesInstanceUid { get; init; }

    public string? SopInstanceUid { get; init; }

    public string? Modality { get; init; }

    /// <summary>Further columns of the metadata, for rejectors; null when the column is empty.</summary>
    public IReadOnlyDictionary<string, object?> Columns { get; init; } = new Dictionary<string, object?>();
}
