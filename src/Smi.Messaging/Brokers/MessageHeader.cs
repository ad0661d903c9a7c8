using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Smi.Messaging.Brokers;

/// <summary>The header that every message carries: who sent it, and the chain of messages that led to it.</summary>
public sealed record MessageHeader
{
    private const int GuidLength = 16;

    public required Guid MessageGuid { get; init; }

    public required int ProducerProcessId { get; init; }

    public required string ProducerExecutableName { get; init; }

    /// <summary>Unix seconds of the first message of the chain.</summary>
    public required long OriginalPublishTimestamp { get; init; }

    /// <summary>All ancestors, oldest first; empty for the first message of a chain.</summary>
    public ImmutableArray<Guid> Parents { get; init; } = [];

    /// <summary>
    /// The span in which the message was sent, as a W3C traceparent; null when nobody traces. SmiServices' programs ignore it. It is passed on unless
    /// an answer is given one of its own, so that a service that does not trace leaves no gap.
    /// </summary>
    public string? TraceParent { get; init; }

    /// <summary>The header of a message that answers none.</summary>
    public static MessageHeader Root(string producer, TimeProvider clock, string? traceParent = null) => new()
    {
        MessageGuid = Guid.NewGuid(),
        ProducerProcessId = Environment.ProcessId,
        ProducerExecutableName = producer,
        OriginalPublishTimestamp = clock.GetUtcNow().ToUnixTimeSeconds(),
        TraceParent = traceParent,
    };

    /// <summary>
    /// The header of an answer to this message. Its GUID follows from this GUID and the body, so that a request that is delivered twice
    /// is answered twice with the same message.
    /// </summary>
    public MessageHeader Answer(string producer, ReadOnlySpan<byte> body) => new()
    {
        MessageGuid = Derive(MessageGuid, body),
        ProducerProcessId = Environment.ProcessId,
        ProducerExecutableName = producer,
        OriginalPublishTimestamp = OriginalPublishTimestamp,
        Parents = Parents.Add(MessageGuid),
        TraceParent = TraceParent,
    };

    // RFC 9562, version 8: 122 bits of a hash, the rest says so.
    private static Guid Derive(Guid parent, ReadOnlySpan<byte> body)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        var both = ArrayPool<byte>.Shared.Rent(GuidLength + body.Length);
        try
        {
            parent.TryWriteBytes(both, bigEndian: true, out _);
            body.CopyTo(both.AsSpan(GuidLength));
            SHA256.HashData(both.AsSpan(0, GuidLength + body.Length), bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(both);
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..GuidLength], bigEndian: true);
    }

    public bool Equals(MessageHeader? other) =>
        other is not null
        && MessageGuid == other.MessageGuid
        && ProducerProcessId == other.ProducerProcessId
        && ProducerExecutableName == other.ProducerExecutableName
        && OriginalPublishTimestamp == other.OriginalPublishTimestamp
        && TraceParent == other.TraceParent
        && Parents.AsSpan().SequenceEqual(other.Parents.AsSpan());

    public override int GetHashCode() => MessageGuid.GetHashCode();
}
