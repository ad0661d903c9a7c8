using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// The same passes, encoding. Each writes its symbols, twice the context and the bit, for the arithmetic encoder, and returns their end.
/// Coefficients are whole magnitudes with the sign as highest bit.
/// </summary>
internal unsafe ref partial struct BlockPasses
{
    /// <summary>A column has no more in a pass than a run, two of its end, and each sample with its sign.</summary>
    public const int MostSymbolsOfColumn = 11;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly ushort* SignificanceSymbols(ushort* symbols, int plane)
    {
        var column = Coefficients;
        for (var y = 0; y < Height; y += 4)
        {
            var places = PlacesOf(y);
            var word = Stripe(y);
            for (var end = word + Width; word < end; word++, column += 4)
            {
                var flags = *word;
                var candidates = InsignificantWithNeighbours(flags) & places;
                if (candidates == 0)
                {
                    continue;
                }

                var bits = BitsOf(column, plane);
                flags |= candidates << Visited;
                do
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    symbols = EncodeSample(symbols, word, ref flags, place, column, bits);
                    var below = (8u << place) & (bits << 3) & ~((uint)flags >> Itself) & places;
                    candidates |= below;
                    flags |= below << Visited;
                }
                while (candidates != 0);
                *word = flags;
            }
        }

        return symbols;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly ushort* RefinementSymbols(ushort* symbols, int plane)
    {
        var column = Coefficients;
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            for (var end = word + Width; word < end; word++, column += 4)
            {
                var flags = *word;
                var candidates = SignificantUnvisited(flags);
                if (candidates == 0)
                {
                    continue;
                }

                *word = flags | (candidates << Refined);
                var bits = BitsOf(column, plane);
                do
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    *symbols++ = Symbol(RefinementContext(flags, place), bits >> place);
                }
                while (candidates != 0);
            }
        }

        return symbols;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly ushort* CleanupSymbols(ushort* symbols, int plane)
    {
        var column = Coefficients;
        for (var y = 0; y < Height; y += 4)
        {
            var places = PlacesOf(y);
            var word = Stripe(y);
            for (var end = word + Width; word < end; word++, column += 4)
            {
                var flags = *word;
                var candidates = InsignificantUnvisited(flags) & places;
                var bits = BitsOf(column, plane);
                if (flags == 0 && places == Places)
                {
                    *symbols++ = Symbol(BlockContexts.RunLength, bits == 0 ? 0u : 1);
                    if (bits == 0)
                    {
                        continue;
                    }

                    var place = BitOperations.TrailingZeroCount(bits);
                    var row = (uint)Row(place);
                    *symbols++ = Symbol(BlockContexts.Uniform, row >> 1);
                    *symbols++ = Symbol(BlockContexts.Uniform, row);
                    symbols = EncodeSign(symbols, word, ref flags, place, column);
                    candidates = Places & (Places << (place + 3));
                }

                while (candidates != 0)
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    symbols = EncodeSample(symbols, word, ref flags, place, column, bits);
                }

                *word = flags & ~((ulong)Places << Visited);
            }
        }

        return symbols;
    }

    /// <summary>D.5: behind each cleanup pass.</summary>
    public static ushort* SegmentationSymbol(ushort* symbols)
    {
        foreach (var bit in (ReadOnlySpan<byte>)[1, 0, 1, 0])
        {
            *symbols++ = Symbol(BlockContexts.Uniform, bit);
        }

        return symbols;
    }

    private static ushort Symbol(uint context, uint bit) => (ushort)((2 * context) | (bit & 1));

    /// <summary>The bits of the four samples in a plane, each at its place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BitsOf(int* column, int plane)
    {
        var bits = Vector128.ShiftLeft(Vector128.Load(column), 31 - plane).ExtractMostSignificantBits();
        return (bits & 1) | ((bits & 2) << 2) | ((bits & 4) << 4) | ((bits & 8) << 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ushort* EncodeSample(ushort* symbols, ulong* word, ref ulong flags, int place, int* column, uint bits)
    {
        var bit = (bits >> place) & 1;
        *symbols++ = Symbol(Memory->ZeroCoding[Neighbours(flags, place)], bit);
        return bit == 0 ? symbols : EncodeSign(symbols, word, ref flags, place, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ushort* EncodeSign(ushort* symbols, ulong* word, ref ulong flags, int place, int* column)
    {
        uint sign = Memory->SignCoding[SignNeighbours(flags, place)];
        var negative = (uint)column[Row(place)] >> 31;
        *symbols++ = Symbol(sign & ~(uint)BlockContexts.SignInverts, negative ^ (sign >> 7));
        flags |= SetSignificant(word, place, negative);
        return symbols;
    }
}
