using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// The three coding passes of a bit plane (ITU T.800 D.3). Samples are visited in stripes of four rows. Each column of a
/// stripe has one word of flags: bits 0 to 17 the significance of six rows of three samples (the stripe's four, one above and one below;
/// the column in the middle), bits 32 to 49 in the same way which of them are negative, and from bit 18 two of three bits for each of the
/// four samples: visited in this bit plane, refined before. "Place" is three times the row within the stripe, so that a word shifted by it shows
/// every row alike. Words have a margin on all sides. Coefficients lie stripe by stripe and within it column by column, always four
/// together; decoding, one is a magnitude in halves, the lowest half being the middle of what is not yet known, with the sign as highest bit.
/// </summary>
internal unsafe ref partial struct BlockPasses
{
    private const uint Places = 0x249;
    private const int Itself = 4;
    private const int Visited = 18;
    private const int Refined = 19;
    private const int Negative = 32;
    private const uint AllNeighbours = 0x1EF;

    public ulong* Flags;
    public BlockMemory* Memory;
    public int* Coefficients;
    public int Width;
    public int Height;
    public bool IsCausal;

    /// <summary>Words of flags in a row: a stripe's columns and one before and after.</summary>
    private readonly int Stride => Width + 2;

    private readonly ulong* Stripe(int y) => Flags + (((y >> 2) + 1) * Stride) + 1;

    /// <summary>The last stripe may have fewer than four rows.</summary>
    private readonly uint PlacesOf(int y) => Places & ((1u << (3 * Math.Min(4, Height - y))) - 1);

    private static int Row(int place) => (place * 11) >> 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint InsignificantWithNeighbours(ulong flags)
    {
        var word = (uint)flags;
        var rows = (word | (word >> 1) | (word >> 2)) & 0x9249;
        return (rows | (rows >> 3) | (rows >> 6)) & ~(word >> Itself) & Places;
    }

    private static uint InsignificantUnvisited(ulong flags) => ~((uint)flags >> Itself) & ~((uint)flags >> Visited) & Places;

    private static uint SignificantUnvisited(ulong flags) => ((uint)flags >> Itself) & ~((uint)flags >> Visited) & Places;

    private static uint Neighbours(ulong flags, int place) => (uint)(flags >> place) & AllNeighbours;

    private static uint SignNeighbours(ulong flags, int place) => ((uint)(flags >> place) & 0xAA) | ((uint)(flags >> (Negative + 1 + place)) & 0x55);

    private static uint RefinementContext(ulong flags, int place)
    {
        var isRefined = (uint)(flags >> (Refined + place)) & 1;
        var hasNeighbours = (0 - Neighbours(flags, place)) >> 31;
        return BlockContexts.FirstRefinement + (2 * isRefined) + (hasNeighbours & ~isRefined);
    }

    /// <summary>
    /// Tells the neighbours in other words that a sample is significant, and returns its own mark. Only the first and the last row have some in the stripe
    /// above and below; the others add nothing there, which costs less than a branch that cannot be foreseen.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong SetSignificant(ulong* word, int place, uint negative)
    {
        var mark = (1 | ((ulong)negative << Negative)) << place;
        word[-1] |= mark << 5;
        word[1] |= mark << 3;
        var edges = IsCausal ? 0x200u : 0x201u;
        var isLast = place & 8;
        var beyond = ((mark & (0 - (ulong)((edges >> place) & 1))) << 16) >> (3 * isLast);
        var row = word + (((isLast >> 2) - 1) * Stride);
        row[-1] |= beyond << 1;
        row[0] |= beyond;
        row[1] |= beyond >> 1;
        return mark << Itself;
    }
}
