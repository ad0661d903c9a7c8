using System.Collections.Immutable;
using System.Text;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>The AMQP header table of a message: five required entries, and the trace context when there is one.</summary>
public static class HeaderTable
{
    private const string Separator = "->";

    // W3C Trace Context 3.2: 00-<32 hex digits>-<16 hex digits>-<2 hex digits>, under this name.
    private const string TraceEntry = "traceparent";
    private const int TraceLength = 55;

    public static Dictionary<string, object?> Write(MessageHeader header)
    {
        var table = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            // Byte arrays and strings both travel as long strings.
            ["MessageGuid"] = header.MessageGuid.ToString("D"),
            ["ProducerProcessID"] = header.ProducerProcessId,
            ["ProducerExecutableName"] = header.ProducerExecutableName,
            ["OriginalPublishTimestamp"] = header.OriginalPublishTimestamp,
            ["Parents"] = string.Join(Separator, header.Parents.Select(parent => parent.ToString("D"))),
        };
        if (header.TraceParent is not null)
        {
            table[TraceEntry] = header.TraceParent;
        }

        return table;
    }

    public static MessageHeader Read(IReadOnlyDictionary<string, object?> table) => new()
    {
        MessageGuid = ReadGuid(Text(table, "MessageGuid"), "MessageGuid"),
        ProducerProcessId = Number(table, "ProducerProcessID") is >= int.MinValue and <= int.MaxValue and var id
            ? (int)id
            : throw new MalformedMessageException("header ProducerProcessID is not a 32-bit number"),
        ProducerExecutableName = Text(table, "ProducerExecutableName"),
        OriginalPublishTimestamp = Number(table, "OriginalPublishTimestamp"),
        Parents = ReadParents(Text(table, "Parents")),
        TraceParent = TraceParent(table),
    };

    /// <summary>Of any program and any form: it says nothing about a file, so no message is refused because of it.</summary>
    private static string? TraceParent(IReadOnlyDictionary<string, object?> table) =>
        !table.TryGetValue(TraceEntry, out var value) ? null
        : value is byte[] { Length: TraceLength } bytes ? Encoding.ASCII.GetString(bytes)
        : value is string { Length: TraceLength } text ? text
        : null;

    private static ImmutableArray<Guid> ReadParents(string text) =>
        text.Length == 0 ? [] : [.. text.Split(Separator).Select(parent => ReadGuid(parent, "Parents"))];

    private static Guid ReadGuid(string text, string name) =>
        Guid.TryParseExact(text, "D", out var guid) ? guid : throw new MalformedMessageException($"header {name} holds something that is not a GUID");

    private static string Text(IReadOnlyDictionary<string, object?> table, string name) => Entry(table, name) switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        string text => text,
        _ => throw new MalformedMessageException($"header {name} is not a string"),
    };

    private static long Number(IReadOnlyDictionary<string, object?> table, string name) => Entry(table, name) switch
    {
        int number => number,
        long number => number,
        _ => throw new MalformedMessageException($"header {name} is not a number"),
    };

    private static object Entry(IReadOnlyDictionary<string, object?> table, string name) =>
        table.TryGetValue(name, out var value) && value is not null ? value : throw new MalformedMessageException($"header {name} is missing");
}
