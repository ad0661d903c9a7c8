namespace Smi.Dicom.Frames.Display;

/// <summary>Segmented palettes (PS3.3 C.7.9.2): discrete and linear segments. Indirect ones, which no writer is known to use, are refused.</summary>
internal static class SegmentedPalette
{
    private const int Discrete = 0;
    private const int Linear = 1;

    /// <param name="words">The segmented data, in words of 16 bits.</param>
    /// <param name="count">Entries that the descriptor announces.</param>
    public static ushort[] Expand(double[] words, int count)
    {
        var entries = new List<ushort>(count);
        for (var at = 0; at + 2 < words.Length && entries.Count < count;)
        {
            var length = (int)words[at + 1];
            at += (int)words[at] switch
            {
                Discrete when at + 2 + length <= words.Length => AddDiscrete(words.AsSpan(at + 2, length), entries),
                Linear when entries.Count > 0 => AddLinear(length, words[at + 2], entries),
                _ => throw new DicomFormatException("a segment of a palette is not understood"),
            };
        }

        return entries.Count >= count ? [.. entries.Take(count)] : throw new DicomFormatException("a segmented palette is shorter than its descriptor says");
    }

    private static int AddDiscrete(ReadOnlySpan<double> values, List<ushort> entries)
    {
        foreach (var value in values)
        {
            entries.Add((ushort)value);
        }

        return 2 + values.Length;
    }

    private static int AddLinear(int length, double end, List<ushort> entries)
    {
        double start = entries[^1];
        for (var i = 1; i <= length; i++)
        {
            entries.Add((ushort)Math.Round(start + ((end - start) * i / length)));
        }

        return 3;
    }
}
