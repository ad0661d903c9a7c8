
namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// The network that tools/text-detector trains: down to a sixteenth of the resolution for context and back to a quarter, where it
/// answers with one logit for each 4 × 4 pixels. Weights are the resource text-detector.bin (its layout: `export` in train.py).
/// </summary>
internal sealed class TextNetwork
{
    /// <summary>Pixels along the side of one cell of the answer.</summary>
    public const int Cell = 4;

    /// <summary>Width and height of the input are multiples of this, and at least six of it (the convolutions work on six positions).</summary>
    public const int Grain = 16;
    public const int LeastSide = 6 * Grain;

    private static readonly byte[] Magic = "SMITEXT1"u8.ToArray();

    private readonly Convolution second;
    private readonly Convolution fourth;
    private readonly Convolution fourthAgain;
    private readonly Convolution eighth;
    private readonly Convolution eighthAgain;
    private readonly Convolution eighthThird;
    private readonly Convolution sixteenth;
    private readonly Convolution sixteenthAgain;
    private readonly Convolution sixteenthThird;
    private readonly Convolution upToEighth;
    private readonly Convolution joinedEighth;
    private readonly Convolution upToFourth;
    private readonly Convolution joinedFourth;
    private readonly Convolution lastFourth;
    private readonly float[] answer;
    private readonly float answerBias;

    private TextNetwork(BinaryReader reader)
    {
        second = Layer(reader, stride: 2);
        fourth = Layer(reader, stride: 2);
        fourthAgain = Layer(reader, stride: 1);
        eighth = Layer(reader, stride: 2);
        eighthAgain = Layer(reader, stride: 1);
        eighthThird = Layer(reader, stride: 1);
        sixteenth = Layer(reader, stride: 2);
        sixteenthAgain = Layer(reader, stride: 1);
        sixteenthThird = Layer(reader, stride: 1);
        upToEighth = Layer(reader, stride: 1);
        joinedEighth = Layer(reader, stride: 1);
        upToFourth = Layer(reader, stride: 1);
        joinedFourth = Layer(reader, stride: 1);
        lastFourth = Layer(reader, stride: 1);
        var (_, _, weights, bias) = Values(reader);
        answer = weights;
        answerBias = bias[0];
    }

    public static TextNetwork Load()
    {
        using var stream = typeof(TextNetwork).Assembly.GetManifestResourceStream("text-detector.bin")
            ?? throw new InvalidOperationException("the resource text-detector.bin is not in the assembly");
        using var reader = new BinaryReader(stream);
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
        {
            throw new InvalidOperationException("the resource text-detector.bin does not start with its mark");
        }

        return new TextNetwork(reader);
    }

    /// <summary>One logit for each cell, by rows. Takes <paramref name="input"/> over and disposes it.</summary>
    public float[] Logits(FeatureMap input)
    {
        using var atFourth = Next(fourthAgain, Next(fourth, Next(second, input)));
        using var atEighth = Next(eighthThird, Next(eighthAgain, eighth.Apply(atFourth, rectified: true)));
        using var atSixteenth = Next(sixteenthThird, Next(sixteenthAgain, sixteenth.Apply(atEighth, rectified: true)));
        Join(atEighth, upToEighth, atSixteenth);
        using var backAtEighth = joinedEighth.Apply(atEighth, rectified: true);
        Join(atFourth, upToFourth, backAtEighth);
        using var backAtFourth = Next(lastFourth, joinedFourth.Apply(atFourth, rectified: true));
        return Answers(backAtFourth);
    }

    private static FeatureMap Next(Convolution layer, FeatureMap source)
    {
        using (source)
        {
            return layer.Apply(source, rectified: true);
        }
    }

    /// <summary>fine = max(0, fine + coarse brought to its size): each coarse position counts for 2 × 2 fine ones.</summary>
    private static void Join(FeatureMap fine, Convolution narrowing, FeatureMap coarse)
    {
        using var narrowed = narrowing.Apply(coarse, rectified: false);
        var channels = fine.Channels;
        for (var y = 0; y < fine.Height; y++)
        {
            var to = fine.Row(y);
            var from = narrowed.Row(y / 2);
            for (var x = 0; x < fine.Width; x++)
            {
                var part = to.Slice(x * channels, channels);
                var added = from.Slice(x / 2 * channels, channels);
                for (var c = 0; c < channels; c++)
                {
                    part[c] = Math.Max(0, part[c] + added[c]);
                }
            }
        }
    }

    private float[] Answers(FeatureMap map)
    {
        var logits = new float[map.Width * map.Height];
        for (var y = 0; y < map.Height; y++)
        {
            var row = map.Row(y);
            for (var x = 0; x < map.Width; x++)
            {
                var sum = answerBias;
                for (var c = 0; c < answer.Length; c++)
                {
                    sum += row[(x * answer.Length) + c] * answer[c];
                }

                logits[(y * map.Width) + x] = sum;
            }
        }

        return logits;
    }

    private static Convolution Layer(BinaryReader reader, int stride)
    {
        var (kernel, inputs, weights, bias) = Values(reader);
        return new Convolution(kernel, stride, inputs, weights, bias);
    }

    private static (int Kernel, int Inputs, float[] Weights, float[] Bias) Values(BinaryReader reader)
    {
        var kernel = reader.ReadInt32();
        reader.ReadInt32();
        int inputs = reader.ReadInt32(), outputs = reader.ReadInt32();
        return (kernel, inputs, Halves(reader, kernel * kernel * inputs * outputs), Halves(reader, outputs));
    }

    private static float[] Halves(BinaryReader reader, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (float)reader.ReadHalf();
        }

        return values;
    }
}
