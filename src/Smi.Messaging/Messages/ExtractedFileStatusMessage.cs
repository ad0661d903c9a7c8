namespace Smi.Messaging.Messages;

/// <summary>The anonymiser or the copier says what became of one file.</summary>
public sealed class ExtractedFileStatusMessage : ExtractionMessage
{
    public required string DicomFilePath { get; init; }

    public required ExtractedFileStatus Status { get; init; }

    /// <summary>Null when there is no output.</summary>
    public required string? OutputFilePath { get; init; }

    /// <summary>Why there is no output; never quotes the file.</summary>
    public required string? StatusMessage { get; init; }
}
