using System.Buffers;
using System.Text;
using System.Text.Json;
using Smi.Messaging.Brokers;
using Smi.Messaging.Wire;

namespace Smi.Messaging.Embedded;

/// <summary>The header table of a message as one JSON object, numbers and strings as AMQP would type them.</summary>
internal static class StoredHeaders
{
    public static string Write(MessageHeader header)
    {
        var stored = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(stored))
        {
            json.WriteStartObject();
            foreach (var (name, value) in HeaderTable.Write(header))
            {
                Write(json, name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stored.WrittenSpan);
    }

    public static IReadOnlyDictionary<string, object?> Read(string stored)
    {
        using var document = JsonDocument.Parse(stored);
        return document.RootElement.EnumerateObject().ToDictionary(
            entry => entry.Name,
            entry => entry.Value.ValueKind == JsonValueKind.Number ? (object?)entry.Value.GetInt64() : entry.Value.GetString(),
            StringComparer.Ordinal);
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case string text:
                json.WriteString(name, text);
                break;
            default:
                throw new InvalidOperationException($"header {name} has a type that is not stored");
        }
    }
}
