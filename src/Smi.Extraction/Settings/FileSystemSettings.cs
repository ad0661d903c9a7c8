namespace Smi.Extraction.Settings;

/// <summary>FileSystemOptions: where originals are read and extractions are written.</summary>
public sealed record FileSystemSettings
{
    public required string FileSystemRoot { get; init; }

    public required string ExtractRoot { get; init; }

    /// <summary>The original's condition for pooled extractions: a folder that exists.</summary>
    public string? ExtractionPoolRoot { get; init; }

    /// <summary>Folders outside the root that links inside it may lead to.</summary>
    public IReadOnlyList<string> AllowedSourceRoots { get; init; } = [];

    public string DicomSearchPattern { get; init; } = "*.dcm";
}
