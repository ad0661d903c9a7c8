namespace Smi.Extraction.ExtractImages;

/// <summary>What the command line of extract-images asks for.</summary>
public sealed record ExtractImagesRequest
{
    public required string ProjectId { get; init; }

    public required string CsvFile { get; init; }

    public string? Modality { get; init; }

    public bool IsIdentifiable { get; init; }

    public bool IsNoFilter { get; init; }

    public bool IsPooled { get; init; }

    /// <summary>Identifiers that are no UIDs, and duplicates, are errors instead of warnings.</summary>
    public bool StrictUids { get; init; }
}
