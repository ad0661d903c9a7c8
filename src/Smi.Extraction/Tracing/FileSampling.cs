using System.Buffers.Binary;
using Smi.Messaging.Brokers;

namespace Smi.Extraction.Tracing;

/// <summary>
/// Decides which files of a traced request are traced. By the message's GUID, which is the same when the request comes again; what is decided here
/// holds for every service that the file passes.
/// </summary>
/// <param name="oneIn">1: every file; 100: one in a hundred.</param>
internal sealed class FileSampling(int oneIn)
{
    public OutgoingMessage Decide(OutgoingMessage file) => file.Header.TraceParent is null || IsTraced(file.Header.MessageGuid)
        ? file
        : new() { Header = file.Header with { TraceParent = Spans.Unrecorded(file.Header.TraceParent) }, Body = file.Body, RoutingKey = file.RoutingKey };

    // The last bytes of the GUID are bits of a hash.
    private bool IsTraced(Guid message)
    {
        Span<byte> bytes = stackalloc byte[16];
        message.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) % (uint)oneIn == 0;
    }
}
