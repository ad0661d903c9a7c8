using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Smi.Tests.Traces;

/// <summary>Reads an ExportTraceServiceRequest of OTLP 1.x: protobuf, of which a test needs a few fields only.</summary>
internal static class OtlpReader
{
    public static IEnumerable<CollectedSpan> Read(ReadOnlyMemory<byte> request) =>
        from resourceSpans in Messages(request, 1)
        let service = Messages(resourceSpans, 1).SelectMany(Attributes).FirstOrDefault(pair => pair.Key == "service.name").Value ?? ""
        from scopeSpans in Messages(resourceSpans, 2)
        from span in Messages(scopeSpans, 2)
        select Span(service, span);

    private static CollectedSpan Span(string service, ReadOnlyMemory<byte> span) => new()
    {
        Service = service,
        Trace = Hex(span, 1),
        Id = Hex(span, 2),
        Parent = Hex(span, 4),
        Name = Text(span, 5),
        Attributes = Messages(span, 9).Select(Pair).ToDictionary(pair => pair.Key, pair => pair.Value),
        Links = [.. Messages(span, 13).Select(link => Hex(link, 2))],
    };

    private static IEnumerable<KeyValuePair<string, string>> Attributes(ReadOnlyMemory<byte> resource) => Messages(resource, 1).Select(Pair);

    private static KeyValuePair<string, string> Pair(ReadOnlyMemory<byte> pair) => new(Text(pair, 1), Messages(pair, 2).Select(Value).FirstOrDefault("?"));

    // AnyValue: 1 string, 2 bool, 3 int.
    private static string Value(ReadOnlyMemory<byte> value)
    {
        var (field, bytes, number) = Fields(value).FirstOrDefault();
        return field == 1 ? Encoding.UTF8.GetString(bytes.Span) : number.ToString(CultureInfo.InvariantCulture);
    }

    private static string Hex(ReadOnlyMemory<byte> message, int field) => Convert.ToHexStringLower(Messages(message, field).FirstOrDefault().Span);

    private static string Text(ReadOnlyMemory<byte> message, int field) => Encoding.UTF8.GetString(Messages(message, field).FirstOrDefault().Span);

    private static IEnumerable<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> message, int field) =>
        Fields(message).Where(entry => entry.Field == field).Select(entry => entry.Bytes);

    private static IEnumerable<(int Field, ReadOnlyMemory<byte> Bytes, ulong Number)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message.Span, ref at);
            var (field, bytes, number) = ((int)(tag >> 3), ReadOnlyMemory<byte>.Empty, 0UL);
            switch (tag & 7)
            {
                case 0:
                    number = Varint(message.Span, ref at);
                    break;
                case 1:
                    number = BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]);
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    bytes = message.Slice(at, length);
                    at += length;
                    break;
                case 5:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]);
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException("no such wire type");
            }

            yield return (field, bytes, number);
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
