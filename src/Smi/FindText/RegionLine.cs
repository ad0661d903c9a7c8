using System.Text;
using System.Text.Json;
using Smi.Deid;

namespace Smi.FindText;

/// <summary>One found region as a line: for programs as JSON, for people as words.</summary>
internal static class RegionLine
{
    public static string Json(string file, RedactedRegion region)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("file", file);
            writer.WriteNumber("frame", region.Frame);
            WriteOverlay(writer, region.Overlay);
            writer.WriteStartArray("box");
            foreach (var edge in (int[])[region.X0, region.Y0, region.X1, region.Y1])
            {
                writer.WriteNumberValue(edge);
            }

            writer.WriteEndArray();
            writer.WriteString("source", region.Source);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public static string Words(string file, RedactedRegion region)
    {
        var overlay = region.Overlay is { } group ? $" overlay {group:X4}" : "";
        return $"{file}: frame {region.Frame}{overlay} box {region.X0},{region.Y0} to {region.X1},{region.Y1} ({region.Source})";
    }

    private static void WriteOverlay(Utf8JsonWriter writer, ushort? overlay)
    {
        if (overlay is { } group)
        {
            writer.WriteString("overlay", group.ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNull("overlay");
        }
    }
}
