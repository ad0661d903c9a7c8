using System.Text.Json.Serialization;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>A dictionary from message header to output path, as the wire writes it: two lists of the same length.</summary>
internal sealed class WireDispatched
{
    [JsonRequired]
    public List<WireHeader> SerializeableKeys { get; set; } = [];

    [JsonRequired]
    public List<string> SerializeableValues { get; set; } = [];

    public static WireDispatched From(IReadOnlyList<DispatchedFile> files) => new()
    {
        SerializeableKeys = [.. files.Select(file => WireHeader.From(file.Header))],
        SerializeableValues = [.. files.Select(file => file.OutputPath)],
    };

    public IReadOnlyList<DispatchedFile> ToFiles()
    {
        if (SerializeableKeys.Count != SerializeableValues.Count)
        {
            throw new MalformedMessageException(
                $"ExtractFileMessagesDispatched has {SerializeableKeys.Count} keys and {SerializeableValues.Count} values");
        }

        return [.. SerializeableKeys.Zip(SerializeableValues, (key, value) => new DispatchedFile { Header = key.ToHeader(), OutputPath = value })];
    }
}

/// <summary>A message header inside a JSON body.</summary>
internal sealed class WireHeader
{
    [JsonRequired]
    public Guid MessageGuid { get; set; }

    [JsonRequired]
    public int ProducerProcessID { get; set; }

    [JsonRequired]
    public string ProducerExecutableName { get; set; } = "";

    [JsonRequired]
    public long OriginalPublishTimestamp { get; set; }

    [JsonRequired]
    public List<Guid> Parents { get; set; } = [];

    public static WireHeader From(MessageHeader header) => new()
    {
        MessageGuid = header.MessageGuid,
        ProducerProcessID = header.ProducerProcessId,
        ProducerExecutableName = header.ProducerExecutableName,
        OriginalPublishTimestamp = header.OriginalPublishTimestamp,
        Parents = [.. header.Parents],
    };

    public MessageHeader ToHeader() => new()
    {
        MessageGuid = MessageGuid,
        ProducerProcessId = ProducerProcessID,
        ProducerExecutableName = ProducerExecutableName,
        OriginalPublishTimestamp = OriginalPublishTimestamp,
        Parents = [.. Parents],
    };
}
