using System.Globalization;
using Smi.Dicom;

namespace Smi.Deid.Samples;

/// <summary>Letters of five by seven pixels for text that is burned into samples.</summary>
internal static class SampleFont
{
    public const int Height = 7;
    public const int Width = 5;

    private static readonly Dictionary<char, byte[]> Glyphs = ResourceTable.Rows(typeof(SampleFont).Assembly, "sample-font.tsv")
        .ToDictionary(row => row[0][0], row => row[1].Split(' ').Select(bits => byte.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray());

    /// <summary>Whether the letter is dark at this pixel; letters that the font lacks are blank.</summary>
    public static bool IsSet(char letter, int x, int y) =>
        Glyphs.TryGetValue(letter, out var rows) && (rows[y] & (0x10 >> x)) != 0;
}
