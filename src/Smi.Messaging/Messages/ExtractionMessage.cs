namespace Smi.Messaging.Messages;

/// <summary>A message of the extraction pipeline. Classes, not records: file paths and identifiers must not be printed by accident.</summary>
public abstract class ExtractionMessage
{
    private protected ExtractionMessage()
    {
    }

    public required Extraction Extraction { get; init; }
}
