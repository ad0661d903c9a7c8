namespace Smi.Messaging.Messages;

/// <summary>The is-identifiable service says what it found in one anonymised file.</summary>
public sealed class ExtractedFileVerificationMessage : ExtractionMessage
{
    public required VerifiedFileStatus Status { get; init; }

    /// <summary>A JSON array of failures; plain text when the status is ErrorWontRetry.</summary>
    public required string Report { get; init; }

    public required string DicomFilePath { get; init; }

    public required string OutputFilePath { get; init; }
}
