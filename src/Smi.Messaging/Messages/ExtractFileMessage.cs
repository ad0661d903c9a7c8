namespace Smi.Messaging.Messages;

/// <summary>The cohort extractor asks for one file.</summary>
public sealed class ExtractFileMessage : ExtractionMessage
{
    /// <summary>Relative to the file system root.</summary>
    public required string DicomFilePath { get; init; }

    /// <summary>Relative to the extraction directory.</summary>
    public required string OutputPath { get; init; }
}
