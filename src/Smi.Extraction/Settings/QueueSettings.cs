namespace Smi.Extraction.Settings;

/// <summary>SmiServices' ConsumerOptions.</summary>
public sealed record QueueSettings
{
    public required string QueueName { get; init; }

    public ushort Prefetch { get; init; } = 1;

    public bool AutoAck { get; init; }

    public bool HoldUnprocessableMessages { get; init; }
}
