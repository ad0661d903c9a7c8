namespace Smi.Messaging.Messages;

/// <summary>The cohort extractor lists what it has sent for one identifier, and counts what it rejected.</summary>
public sealed class ExtractFileCollectionInfoMessage : ExtractionMessage
{
    public required string KeyValue { get; init; }

    public required IReadOnlyList<DispatchedFile> Dispatched { get; init; }

    public required IReadOnlyDictionary<string, int> RejectionReasons { get; init; }
}
