using System.Numerics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The passes that the bypass mode leaves without arithmetic coding (ITU T.800 D.6).</summary>
internal unsafe ref partial struct BlockPasses
{
    public readonly void RawSignificancePass(ref RawBits raw, int plane)
    {
        var column = Coefficients;
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            var places = PlacesOf(y);
            for (var x = 0; x < Width; x++, word++, column += 4)
            {
                var flags = *word;
                var candidates = InsignificantWithNeighbours(flags) & places;
                flags |= candidates << Visited;
                while (candidates != 0)
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    if (raw.Read() == 1)
                    {
                        var negative = (uint)raw.Read();
                        flags |= SetSignificant(word, place, negative);
                        column[Row(place)] = (int)((negative << 31) | (3u << plane));
                        var below = (8u << place) & ~((uint)flags >> Itself) & places;
                        candidates |= below;
                        flags |= below << Visited;
                    }
                }

                *word = flags;
            }
        }
    }

    public readonly void RawRefinementPass(ref RawBits raw, int plane)
    {
        var column = Coefficients;
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            for (var x = 0; x < Width; x++, word++, column += 4)
            {
                var candidates = SignificantUnvisited(*word);
                *word |= candidates << Refined;
                for (; candidates != 0; candidates &= candidates - 1)
                {
                    column[Row(BitOperations.TrailingZeroCount(candidates))] += (raw.Read() << (plane + 1)) - (1 << plane);
                }
            }
        }
    }

    public readonly void WriteRawSignificance(RawBitWriter raw, int plane)
    {
        var column = Coefficients;
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            var places = PlacesOf(y);
            for (var x = 0; x < Width; x++, word++, column += 4)
            {
                var flags = *word;
                var candidates = InsignificantWithNeighbours(flags) & places;
                var bits = BitsOf(column, plane);
                flags |= candidates << Visited;
                while (candidates != 0)
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    raw.Write((bits >> place) & 1);
                    if (((bits >> place) & 1) == 1)
                    {
                        var negative = (uint)column[Row(place)] >> 31;
                        raw.Write(negative);
                        flags |= SetSignificant(word, place, negative);
                        var below = (8u << place) & ~((uint)flags >> Itself) & places;
                        candidates |= below;
                        flags |= below << Visited;
                    }
                }

                *word = flags;
            }
        }
    }

    public readonly void WriteRawRefinement(RawBitWriter raw, int plane)
    {
        var column = Coefficients;
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            for (var x = 0; x < Width; x++, word++, column += 4)
            {
                var candidates = SignificantUnvisited(*word);
                var bits = BitsOf(column, plane);
                *word |= candidates << Refined;
                for (; candidates != 0; candidates &= candidates - 1)
                {
                    raw.Write((bits >> BitOperations.TrailingZeroCount(candidates)) & 1);
                }
            }
        }
    }
}
