using System.Numerics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The same passes, encoding; coefficients are whole magnitudes with the sign as highest bit.</summary>
internal unsafe ref partial struct BlockPasses
{
    public readonly void EncodeSignificancePass(MqEncoder encoder, int plane)
    {
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            var places = PlacesOf(y);
            for (var x = 0; x < Width; x++, word++)
            {
                var candidates = InsignificantWithNeighbours(*word) & places;
                var visited = candidates << Visited;
                while (candidates != 0)
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    candidates &= candidates - 1;
                    if (EncodeSample(encoder, word, place, Coefficients[Index(x, y, place)], plane))
                    {
                        var below = (8u << place) & ~(*word >> Itself) & places;
                        candidates |= below;
                        visited |= below << Visited;
                    }
                }

                *word |= visited;
            }
        }
    }

    public readonly void EncodeRefinementPass(MqEncoder encoder, int plane)
    {
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            for (var x = 0; x < Width; x++, word++)
            {
                var flags = *word;
                var candidates = (flags >> Itself) & ~(flags >> Visited) & Places;
                *word = flags | (candidates << Refined);
                for (; candidates != 0; candidates &= candidates - 1)
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    var rows = flags >> place;
                    var context = (rows & (1u << Refined)) != 0 ? 2 : (rows & AllNeighbours) != 0 ? 1 : 0;
                    encoder.Encode(Contexts + BlockContexts.FirstRefinement + context, (Coefficients[Index(x, y, place)] >> plane) & 1);
                }
            }
        }
    }

    public readonly void EncodeCleanupPass(MqEncoder encoder, int plane)
    {
        for (var y = 0; y < Height; y += 4)
        {
            var word = Stripe(y);
            var places = PlacesOf(y);
            for (var x = 0; x < Width; x++, word++)
            {
                var candidates = ~(*word >> Itself) & ~(*word >> Visited) & places;
                if (*word == 0 && places == Places)
                {
                    var row = FirstSignificantRow(x, y, plane);
                    encoder.Encode(Contexts + BlockContexts.RunLength, row < 4 ? 1 : 0);
                    if (row == 4)
                    {
                        continue;
                    }

                    encoder.Encode(Contexts + BlockContexts.Uniform, row >> 1);
                    encoder.Encode(Contexts + BlockContexts.Uniform, row & 1);
                    EncodeSign(encoder, word, 3 * row, Coefficients[Index(x, y, 3 * row)]);
                    candidates = Places & (Places << (3 * (row + 1)));
                }

                for (; candidates != 0; candidates &= candidates - 1)
                {
                    var place = BitOperations.TrailingZeroCount(candidates);
                    EncodeSample(encoder, word, place, Coefficients[Index(x, y, place)], plane);
                }

                *word &= ~(Places << Visited);
            }
        }
    }

    private readonly int FirstSignificantRow(int x, int y, int plane)
    {
        var row = 0;
        while (row < 4 && ((Coefficients[((y + row) * Width) + x] >> plane) & 1) == 0)
        {
            row++;
        }

        return row;
    }

    private readonly bool EncodeSample(MqEncoder encoder, uint* word, int place, int coefficient, int plane)
    {
        var bit = (coefficient >> plane) & 1;
        encoder.Encode(Contexts + ZeroCoding[(*word >> place) & AllNeighbours], bit);
        if (bit == 1)
        {
            EncodeSign(encoder, word, place, coefficient);
        }

        return bit == 1;
    }

    private readonly void EncodeSign(MqEncoder encoder, uint* word, int place, int coefficient)
    {
        var sign = SignCoding[SignNeighbours(word, *word, place)];
        var negative = (uint)coefficient >> 31;
        encoder.Encode(Contexts + (sign & ~BlockContexts.SignInverts), (int)negative ^ (sign >> 7));
        SetSignificant(word, place, negative);
    }
}
