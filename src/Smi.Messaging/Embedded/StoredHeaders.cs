using System.Text.Json;
using System.Text.Json.Nodes;
using Smi.Messaging.Brokers;
using Smi.Messaging.Wire;

namespace Smi.Messaging.Embedded;

/// <summary>The header table of a message as one JSON object, numbers and strings as AMQP would type them.</summary>
internal static class StoredHeaders
{
    public static string Write(MessageHeader header)
    {
        var stored = new JsonObject();
        foreach (var (name, value) in HeaderTable.Write(header))
        {
            stored[name] = value switch
            {
                int number => JsonValue.Create(number),
                long number => JsonValue.Create(number),
                string text => JsonValue.Create(text),
                _ => throw new InvalidOperationException($"header {name} has a type that is not stored"),
            };
        }

        return stored.ToJsonString();
    }

    public static IReadOnlyDictionary<string, object?> Read(string stored)
    {
        using var document = JsonDocument.Parse(stored);
        return document.RootElement.EnumerateObject().ToDictionary(
            entry => entry.Name,
            entry => entry.Value.ValueKind == JsonValueKind.Number ? (object?)entry.Value.GetInt64() : entry.Value.GetString(),
            StringComparer.Ordinal);
    }
}
