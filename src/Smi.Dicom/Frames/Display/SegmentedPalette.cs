namespace Smi.Dicom.Frames.Display;

/// <summary>Segmented palettes (PS3.3 C.7.9.2): discrete, linear and indirect segments, in units of 16 bits, or of 8 for entries of 8.</summary>
internal sealed class SegmentedPalette
{
    private const int Discrete = 0;
    private const int Linear = 1;
    private const int Indirect = 2;

    private readonly ushort[] units;
    private readonly int bytesOfUnit;
    private readonly int count;
    private readonly List<ushort> entries = [];

    private SegmentedPalette(ushort[] units, int bytesOfUnit, int count)
    {
        this.units = units;
        this.bytesOfUnit = bytesOfUnit;
        this.count = count;
    }

    /// <param name="words">The segmented data, in words of 16 bits.</param>
    /// <param name="count">Entries that the descriptor announces.</param>
    /// <param name="bits">Of an entry.</param>
    /// <exception cref="DicomFormatException">A segment is not understood, or they are too few.</exception>
    public static ushort[] Expand(ushort[] words, int count, int bits) =>
        // Some writers use words for entries of 8 bits, too. Read as bytes these begin with an empty segment and one that is none.
        (bits <= 8 ? new SegmentedPalette([.. words.SelectMany(word => new[] { (ushort)(word & 0xFF), (ushort)(word >> 8) })], 1, count).Expanded() : null)
        ?? new SegmentedPalette(words, 2, count).Expanded()
        ?? throw new DicomFormatException("a segmented palette is not understood or shorter than its descriptor says");

    private ushort[]? Expanded() => Add(0, int.MaxValue, isCopy: false) && entries.Count >= count ? [.. entries.Take(count)] : null;

    /// <param name="at">The unit that begins the first segment.</param>
    /// <param name="segments">At the most so many.</param>
    /// <param name="isCopy">They are those of an indirect segment, and must not point at others.</param>
    private bool Add(int at, int segments, bool isCopy)
    {
        for (; segments > 0 && at + 2 < units.Length && entries.Count < count; segments--)
        {
            int length = units[at + 1], data = at + 2;
            switch (units[at])
            {
                case Discrete when data + length <= units.Length:
                    entries.AddRange(units.AsSpan(data, length));
                    at = data + length;
                    break;
                case Linear when entries.Count > 0:
                    AddLinear(length, units[data]);
                    at = data + 1;
                    break;
                case Indirect when !isCopy && Target(data) is { } target && Add(target, length, isCopy: true):
                    at = data + (sizeof(uint) / bytesOfUnit);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private void AddLinear(int length, double end)
    {
        double start = entries[^1];
        for (var i = 1; i <= length; i++)
        {
            entries.Add((ushort)Math.Round(start + ((end - start) * i / length)));
        }
    }

    /// <summary>The unit that an offset of 32 bits, in bytes and the lowest part first, points at; null where it points at none.</summary>
    private int? Target(int at)
    {
        long offset = 0;
        for (var i = 0; i < sizeof(uint) / bytesOfUnit; i++)
        {
            if (at + i >= units.Length)
            {
                return null;
            }

            offset |= (long)units[at + i] << (8 * bytesOfUnit * i);
        }

        return offset % bytesOfUnit == 0 && offset / bytesOfUnit < units.Length ? (int)(offset / bytesOfUnit) : null;
    }
}
