using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smi.Messaging.Wire;

/// <summary>Says what is wrong with a rejected body without quoting it: only member names of our own are printed.</summary>
internal static class WireComplaint
{
    /// <summary>Null when all members are there and no other, so that a value must be at fault.</summary>
    public static string? Explain(ReadOnlySpan<byte> body, JsonTypeInfo type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var unknown = 0;
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "the body is not a JSON object";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString() ?? "";
            if (!type.Properties.Any(property => property.Name == name))
            {
                unknown++;
            }
            else if (!seen.Add(name))
            {
                return $"member {name} stands twice";
            }

            reader.Skip();
        }

        var missing = type.Properties.Select(property => property.Name).Where(name => !seen.Contains(name)).ToList();
        return (missing.Count, unknown) switch
        {
            (0, 0) => null,
            (0, _) => $"{unknown} unknown member(s)",
            (_, 0) => $"missing {string.Join(", ", missing)}",
            _ => $"missing {string.Join(", ", missing)}; {unknown} unknown member(s)",
        };
    }
}
