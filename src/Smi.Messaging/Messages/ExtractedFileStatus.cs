namespace Smi.Messaging.Messages;

/// <summary>What became of one file; the numbers are the wire's.</summary>
public enum ExtractedFileStatus
{
    None = 0,
    Anonymised = 1,
    ErrorWontRetry = 2,
    FileMissing = 3,
    Copied = 4,
}
