using System.Numerics;
using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// The three coding passes of a bit plane (ITU T.800 D.3). Samples are visited in stripes of four rows. Each column of a
/// stripe has one word of flags: bits 0 to 17 the significance of six rows of three samples (the stripe's four, one above and one below;
/// the column in the middle), and three bits for each of the four samples from bit 18: visited in this bit plane, refined before,
/// negative; bits 30 and 31: the signs above and below. "Place" is three times the row within the stripe, so that a word shifted by it shows
/// every row alike. Words have a margin on all sides. A coefficient is a magnitude in halves, the lowest half being the middle of what is not
/// yet known, with the sign as highest bit.
/// </summary>
internal unsafe ref partial struct BlockPasses
{
    private const uint Places = 0x249;
    private const int Itself = 4;
    private const int Visited = 18;
    private const int Refined = 19;
    private const int Negative = 20;
    private const int NegativeAbove = 30;
    private const int NegativeBelow = 31;
    private const uint AllNeighbours = 0x1EF;

    public uint* Flags;
    public uint* Contexts;
    public byte* ZeroCoding;
    public byte* SignCoding;
    public int* Coefficients;
    public int Width;
    public int Height;
    public bool IsCausal;
    public MqDecoder Arithmetic;
    public RawBits Raw;

    /// <summary>Words of flags in a row: a stripe's columns and one before and after.</summary>
    public readonly int Stride => Width + 2;

    public void SignificancePass(int plane)
    {
        var distance = Arithmetic.Distance;
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            var places = PlacesOf(y);
            for (var x = 0; x < Width; x++, word++)
            {
                var flags = *word;
                if (flags == 0)
                {
                    continue;
                }

                var candidates = InsignificantWithNeighbours(flags) & places;
                var visited = candidates << Visited;
                while (candidates != 0)
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    var context = ZeroCoding[(flags >> place) & AllNeighbours];
                    if (MqDecoder.Decode(ref Arithmetic, Contexts + context, ref distance) == 1)
                    {
                        DecodeSign(word, flags, place, ref distance, Coefficients + Index(x, y, place), plane);
                        flags = *word;

                        // The sample below has a significant neighbour now.
                        var below = (8u << place) & ~(flags >> Itself) & places;
                        candidates |= below;
                        visited |= below << Visited;
                    }
                }

                *word |= visited;
            }
        }

        Arithmetic.Keep(distance);
    }

    public void RefinementPass(int plane)
    {
        var distance = Arithmetic.Distance;
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            for (var x = 0; x < Width; x++, word++)
            {
                var flags = *word;
                var candidates = (flags >> Itself) & ~(flags >> Visited) & Places;
                *word = flags | (candidates << Refined);
                while (candidates != 0)
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    var rows = flags >> place;
                    var context = (rows & (1u << Refined)) != 0 ? 2 : (rows & AllNeighbours) != 0 ? 1 : 0;
                    var bit = MqDecoder.Decode(ref Arithmetic, Contexts + BlockContexts.FirstRefinement + context, ref distance);
                    Coefficients[Index(x, y, place)] += (bit << (plane + 1)) - (1 << plane);
                }
            }
        }

        Arithmetic.Keep(distance);
    }

    public void CleanupPass(int plane)
    {
        var distance = Arithmetic.Distance;
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            var places = PlacesOf(y);
            for (var x = 0; x < Width; x++, word++)
            {
                var flags = *word;
                var candidates = ~(flags >> Itself) & ~(flags >> Visited) & places;
                if (flags == 0 && places == Places)
                {
                    if (MqDecoder.Decode(ref Arithmetic, Contexts + BlockContexts.RunLength, ref distance) == 0)
                    {
                        continue;
                    }

                    var row = 2 * MqDecoder.Decode(ref Arithmetic, Contexts + BlockContexts.Uniform, ref distance);
                    row += MqDecoder.Decode(ref Arithmetic, Contexts + BlockContexts.Uniform, ref distance);
                    DecodeSign(word, flags, 3 * row, ref distance, Coefficients + Index(x, y, 3 * row), plane);
                    flags = *word;
                    candidates = Places & (Places << (3 * (row + 1)));
                }

                while (candidates != 0)
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    var context = ZeroCoding[(flags >> place) & AllNeighbours];
                    if (MqDecoder.Decode(ref Arithmetic, Contexts + context, ref distance) == 1)
                    {
                        DecodeSign(word, flags, place, ref distance, Coefficients + Index(x, y, place), plane);
                        flags = *word;
                    }
                }

                *word = flags & ~(Places << Visited);
            }
        }

        Arithmetic.Keep(distance);
    }

    /// <summary>D.5: four symbols after each cleanup pass, by which an error in the block shows.</summary>
    public void ReadSegmentationSymbol()
    {
        var distance = Arithmetic.Distance;
        var symbol = 0;
        for (var bit = 0; bit < 4; bit++)
        {
            symbol = (2 * symbol) + MqDecoder.Decode(ref Arithmetic, Contexts + BlockContexts.Uniform, ref distance);
        }

        Arithmetic.Keep(distance);
        if (symbol != 0b1010)
        {
            throw new DicomFormatException("JPEG 2000: a code-block is damaged");
        }
    }

    private readonly uint* Stripe(int y) => Flags + (((y >> 2) + 1) * Stride) + 1;

    /// <summary>The last stripe may have fewer than four rows.</summary>
    private readonly uint PlacesOf(int y) => Places & ((1u << (3 * Math.Min(4, Height - y))) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Index(int x, int y, int place) => ((y + ((place * 11) >> 5)) * Width) + x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint InsignificantWithNeighbours(uint flags)
    {
        var rows = (flags | (flags >> 1) | (flags >> 2)) & 0x9249;
        return (rows | (rows >> 3) | (rows >> 6)) & ~(flags >> Itself) & Places;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DecodeSign(uint* word, uint flags, int place, ref int distance, int* coefficient, int plane)
    {
        uint sign = SignCoding[SignNeighbours(word, flags, place)];
        var bit = (uint)MqDecoder.Decode(ref Arithmetic, Contexts + (sign & ~(uint)BlockContexts.SignInverts), ref distance);
        SetSignificant(word, place, bit ^ (sign >> 7));
        *coefficient = (int)(((bit ^ (sign >> 7)) << 31) | (3u << plane));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SignNeighbours(uint* word, uint flags, int place)
    {
        var above = place == 0 ? flags >> NegativeAbove : flags >> (Negative - 3 + place);
        var below = place == 9 ? flags >> NegativeBelow : flags >> (Negative + 3 + place);
        var left = word[-1] >> (Negative + place);
        var right = word[1] >> (Negative + place);
        return ((flags >> place) & 0xAA) | (above & 1) | ((left & 1) << 2) | ((right & 1) << 4) | ((below & 1) << 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void SetSignificant(uint* word, int place, uint negative)
    {
        word[-1] |= 0x20u << place;
        word[0] |= (0x10u << place) | (negative << (Negative + place));
        word[1] |= 0x08u << place;
        if (place == 0 && !IsCausal)
        {
            var above = word - Stride;
            above[-1] |= 1u << 17;
            above[0] |= (1u << 16) | (negative << NegativeBelow);
            above[1] |= 1u << 15;
        }
        else if (place == 9)
        {
            var below = word + Stride;
            below[-1] |= 1u << 2;
            below[0] |= (1u << 1) | (negative << NegativeAbove);
            below[1] |= 1u;
        }
    }
}
