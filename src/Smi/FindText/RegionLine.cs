using System.Globalization;
using System.Text;
using System.Text.Json;
using Smi.Anonymise;
using Smi.Deid.Pixels;

namespace Smi.FindText;

/// <summary>One found region as a line: for programs as JSON, for people as words.</summary>
internal static class RegionLine
{
    public static string Json(string file, FoundText found)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            RegionJson.Write(writer, file, found.Region, found.Text);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public static string Words(string file, FoundText found)
    {
        var region = found.Region;
        var overlay = region.Overlay is { } group ? $" overlay {group.ToString("X4", CultureInfo.InvariantCulture)}" : "";
        var text = found.Text is { } read ? $": {string.Concat(read.Where(character => !char.IsControl(character)))}" : "";
        return $"{file}: frame {region.Frame}{overlay} box {region.X0},{region.Y0} to {region.X1},{region.Y1} ({region.Source}){text}";
    }
}
