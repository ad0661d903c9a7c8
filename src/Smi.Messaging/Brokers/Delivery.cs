namespace Smi.Messaging.Brokers;

/// <summary>
/// One message handed over by a broker, unsettled. The tag means something to its consumer only, and only in its generation: after a
/// reconnection the broker delivers the message anew and this delivery can no longer be settled.
/// </summary>
public sealed class Delivery
{
    public required ulong Tag { get; init; }

    public required long Generation { get; init; }

    public required string RoutingKey { get; init; }

    public required bool Redelivered { get; init; }

    public required IReadOnlyDictionary<string, object?> Headers { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }
}
