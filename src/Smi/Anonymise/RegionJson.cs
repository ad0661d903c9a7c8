using System.Text.Json;
using Smi.Deid;

namespace Smi.Anonymise;

/// <summary>A region as <c>find-text</c> and reports print it.</summary>
internal static class RegionJson
{
    public static void Write(Utf8JsonWriter json, string file, RedactedRegion region, string? text = null)
    {
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteNumber("frame", region.Frame);
        if (region.Overlay is { } overlay)
        {
            json.WriteString("overlay", overlay.ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull("overlay");
        }

        json.WriteStartArray("box");
        foreach (var edge in (ReadOnlySpan<int>)[region.X0, region.Y0, region.X1, region.Y1])
        {
            json.WriteNumberValue(edge);
        }

        json.WriteEndArray();
        json.WriteString("source", region.Source);
        if (text is not null)
        {
            json.WriteString("text", text);
        }

        json.WriteEndObject();
    }
}
