namespace Smi.Messaging.Messages;

/// <summary>extract-images asks the cohort extractor for the files of some identifiers.</summary>
public sealed class ExtractionRequestMessage : ExtractionMessage
{
    /// <summary>SOPInstanceUID, SeriesInstanceUID or StudyInstanceUID.</summary>
    public required string KeyTag { get; init; }

    public required IReadOnlyList<string> ExtractionIdentifiers { get; init; }
}
