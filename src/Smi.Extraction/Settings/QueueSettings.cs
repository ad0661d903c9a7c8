namespace Smi.Extraction.Settings;

/// <summary>SmiServices' ConsumerOptions. Messages are always acknowledged by the service, after what they ask for is done.</summary>
public sealed record QueueSettings
{
    public required string QueueName { get; init; }

    public ushort Prefetch { get; init; } = 1;
}
