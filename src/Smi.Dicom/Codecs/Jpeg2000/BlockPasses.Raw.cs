using System.Numerics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The passes that the bypass mode leaves without arithmetic coding (ITU T.800 D.6).</summary>
internal unsafe ref partial struct BlockPasses
{
    public void RawSignificancePass(int plane)
    {
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            var places = PlacesOf(y);
            for (var x = 0; x < Width; x++, word++)
            {
                var flags = *word;
                var candidates = InsignificantWithNeighbours(flags) & places;
                var visited = candidates << Visited;
                while (candidates != 0)
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    if (Raw.Read() == 1)
                    {
                        var negative = (uint)Raw.Read();
                        SetSignificant(word, place, negative);
                        Coefficients[Index(x, y, place)] = (int)((negative << 31) | (3u << plane));
                        flags = *word;
                        var below = (8u << place) & ~(flags >> Itself) & places;
                        candidates |= below;
                        visited |= below << Visited;
                    }
                }

                *word |= visited;
            }
        }
    }

    public void RawRefinementPass(int plane)
    {
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
                    Coefficients[Index(x, y, place)] += (Raw.Read() << (plane + 1)) - (1 << plane);
                }
            }
        }
    }
}
