using System.Numerics;
using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The passes, decoding. Each is a method of its own machine code, for together they would have too few registers.</summary>
internal unsafe ref partial struct BlockPasses
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void SignificancePass(int plane)
    {
        var memory = Memory;
        var arithmetic = new MqDecoder(memory);
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

                flags |= candidates << Visited;
                do
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    if (arithmetic.Decode(ref memory->Contexts[memory->ZeroCoding[Neighbours(flags, place)]]) == 1)
                    {
                        flags |= DecodeSign(ref arithmetic, word, flags, place, column, plane);

                        // The sample below has a significant neighbour now.
                        var below = (8u << place) & ~((uint)flags >> Itself) & places;
                        candidates |= below;
                        flags |= below << Visited;
                    }
                }
                while (candidates != 0);
                *word = flags;
            }
        }

        arithmetic.Keep();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void RefinementPass(int plane)
    {
        var memory = Memory;
        var arithmetic = new MqDecoder(memory);
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
                do
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    var bit = (int)arithmetic.Decode(ref memory->Contexts[RefinementContext(flags, place)]);
                    column[Row(place)] += (bit << (plane + 1)) - (1 << plane);
                }
                while (candidates != 0);
            }
        }

        arithmetic.Keep();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void CleanupPass(int plane)
    {
        var memory = Memory;
        var arithmetic = new MqDecoder(memory);
        var column = Coefficients;
        for (var y = 0; y < Height; y += 4)
        {
            var places = PlacesOf(y);
            var word = Stripe(y);
            for (var end = word + Width; word < end; word++, column += 4)
            {
                var flags = *word;
                var candidates = InsignificantUnvisited(flags) & places;
                if (flags == 0 && places == Places)
                {
                    if (arithmetic.DecodeLikely(ref memory->Contexts[BlockContexts.RunLength]) == 0)
                    {
                        continue;
                    }

                    var row = 2 * (int)arithmetic.Decode(ref memory->Contexts[BlockContexts.Uniform]);
                    row += (int)arithmetic.Decode(ref memory->Contexts[BlockContexts.Uniform]);
                    flags = DecodeSign(ref arithmetic, word, flags, 3 * row, column, plane);
                    candidates = Places & (Places << (3 * (row + 1)));
                }

                while (candidates != 0)
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    if (arithmetic.DecodeLikely(ref memory->Contexts[memory->ZeroCoding[Neighbours(flags, place)]]) == 1)
                    {
                        flags |= DecodeSign(ref arithmetic, word, flags, place, column, plane);
                    }
                }

                *word = flags & ~((ulong)Places << Visited);
            }
        }

        arithmetic.Keep();
    }

    /// <summary>D.5: four symbols after each cleanup pass, by which an error in the block shows.</summary>
    public readonly void ReadSegmentationSymbol()
    {
        var arithmetic = new MqDecoder(Memory);
        var symbol = 0u;
        for (var bit = 0; bit < 4; bit++)
        {
            symbol = (2 * symbol) + arithmetic.Decode(ref Memory->Contexts[BlockContexts.Uniform]);
        }

        arithmetic.Keep();
        if (symbol != 0b1010)
        {
            throw new DicomFormatException("JPEG 2000: a code-block is damaged");
        }
    }

    /// <summary>A sample that is significant from here on: its sign, its first magnitude, and its mark for its own word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong DecodeSign(ref MqDecoder arithmetic, ulong* word, ulong flags, int place, int* column, int plane)
    {
        uint sign = Memory->SignCoding[SignNeighbours(flags, place)];
        var negative = arithmetic.Decode(ref Memory->Contexts[sign & ~(uint)BlockContexts.SignInverts]) ^ (sign >> 7);
        column[Row(place)] = (int)((negative << 31) | (3u << plane));
        return SetSignificant(word, place, negative);
    }
}
