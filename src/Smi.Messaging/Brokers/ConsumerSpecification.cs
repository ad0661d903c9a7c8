namespace Smi.Messaging.Brokers;

/// <summary>Which queue to consume, and how many deliveries may be unsettled at a time.</summary>
public sealed record ConsumerSpecification
{
    public required string Queue { get; init; }

    public ushort Prefetch { get; init; } = 1;

    public bool AutoAck { get; init; }

    /// <summary>When set, the queue is a transient one of this process, created here and bound to this exchange; otherwise it must exist.</summary>
    public TransientQueue? Transient { get; init; }
}
