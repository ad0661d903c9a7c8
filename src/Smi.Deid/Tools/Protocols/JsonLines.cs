using System.Globalization;
using System.Text.Json;
using Smi.Deid.Tools.Processes;

namespace Smi.Deid.Tools.Protocols;

/// <summary>
/// Our own protocol, see docs/tools.md: <c>{"ready":true}</c>; then for each <c>{"id":…,"source":…,"target":…,"work":…,"modality":…}</c> one
/// <c>{"id":…,"ok":true}</c> or <c>{"id":…,"ok":false}</c>. Other members are passed over. Used by one thread at a time.
/// </summary>
internal sealed class JsonLines : IDaemonProtocol
{
    private long number;

    public bool IsReady(ReadOnlySpan<byte> line) => Read(line) is { Ready: true };

    public byte[] Request(ToolFolder folder)
    {
        number++;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("id", Id);
            json.WriteString("source", folder.Source);
            json.WriteString("target", folder.Target);
            json.WriteString("work", folder.Path);
            json.WriteString("modality", folder.Modality);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    public LineMeaning Judge(ReadOnlySpan<byte> line, ToolFolder folder) => Read(line) switch
    {
        { Id: { } id, Ok: true } when id == Id => LineMeaning.Success,
        { Id: { } id, Ok: false } when id == Id => LineMeaning.Failure,
        _ => LineMeaning.Doubt,
    };

    private string Id => number.ToString(CultureInfo.InvariantCulture);

    private static Answer? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object || reader.BytesConsumed != line.Length
                ? null
                : new Answer(Text(root, "id"), Truth(root, "ok"), Truth(root, "ready"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Truth(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private sealed record Answer(string? Id, bool? Ok, bool? Ready);
}
