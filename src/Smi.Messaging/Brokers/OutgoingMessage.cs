using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Messaging.Brokers;

/// <summary>A message ready to be sent: header, encoded body, and the routing key under which it goes.</summary>
public sealed class OutgoingMessage
{
    public required MessageHeader Header { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public string RoutingKey { get; init; } = "";

    /// <summary>A message that starts a chain.</summary>
    public static OutgoingMessage Root(ExtractionMessage message, string producer, TimeProvider clock, string routingKey = "", string? traceParent = null) =>
        new() { Header = MessageHeader.Root(producer, clock, traceParent), Body = MessageWriter.Write(message), RoutingKey = routingKey };

    /// <summary>A message that answers another.</summary>
    public static OutgoingMessage Answer(MessageHeader parent, ExtractionMessage message, string producer, string routingKey = "")
    {
        var body = MessageWriter.Write(message);
        return new() { Header = parent.Answer(producer, body), Body = body, RoutingKey = routingKey };
    }
}
