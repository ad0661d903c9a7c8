
namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// The networks that tools/text-detector trains: down to a sixteenth of the resolution for context and back to a quarter, where they
/// answer with one logit for each 4 × 4 pixels. Weights are resources (their layout: `export` in network.py).
/// </summary>
internal sealed class TextNetwork
{
    /// <summary>Pixels along the side of one cell of the answer.</summary>
    public const int Cell = 4;

    /// <summary>Width and height of the input are multiples of this, and at least six of it (the convolutions work on six positions).</summary>
    public const int Grain = 16;
    public const int LeastSide = 6 * Grain;

    /// <summary>Rows that wait to be joined with what comes back from the coarser maps, for which so many rows further down are needed.</summary>
    private const int EighthsKept = 6;
    private const int FourthsKept = 18;

    private static readonly byte[] Magic = "SMITEXT1"u8.ToArray();

    private readonly IConvolution second;
    private readonly IConvolution fourth;
    private readonly IConvolution fourthAgain;
    private readonly IConvolution eighth;
    private readonly IConvolution eighthAgain;
    private readonly IConvolution eighthThird;
    private readonly IConvolution sixteenth;
    private readonly IConvolution sixteenthAgain;
    private readonly IConvolution sixteenthThird;
    private readonly IConvolution upToEighth;
    private readonly IConvolution joinedEighth;
    private readonly IConvolution upToFourth;
    private readonly IConvolution joinedFourth;
    private readonly IConvolution lastFourth;
    private readonly IConvolution answer;

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
        answer = Answer(reader);
    }

    /// <summary>The network that looks at whole pictures.</summary>
    public static TextNetwork ForFirstLook() => Load("text-first-look.bin");

    /// <summary>The larger network that looks at doubtful parts of pictures at twice their size.</summary>
    public static TextNetwork ForSecondLook() => Load("text-second-look.bin");

    private static TextNetwork Load(string resource)
    {
        using var stream = typeof(TextNetwork).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"the resource {resource} is not in the assembly");
        return Read(stream);
    }

    /// <summary>Weights as train.py exports them, of any number of channels that is a multiple of eight.</summary>
    internal static TextNetwork Read(Stream weights)
    {
        using var reader = new BinaryReader(weights);
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
        {
            throw new InvalidOperationException("the weights of the text detector do not start with their mark");
        }

        return new TextNetwork(reader);
    }

    /// <summary>
    /// One logit for each cell, by rows. Takes <paramref name="input"/> over and disposes it. Each layer keeps the few rows that are still looked at, so
    /// that they stay in the processor's cache and memory grows with the width of the picture alone.
    /// </summary>
    public float[] Logits(NetworkInput input)
    {
        using var made = new FeatureRowsList(input);
        var atSecond = made.Apply(second, input, fourth.RowsRead);
        var atFourth = made.Apply(fourthAgain, made.Apply(fourth, atSecond, fourthAgain.RowsRead), FourthsKept);
        var atEighth = made.Apply(eighth, atFourth, eighthAgain.RowsRead);
        atEighth = made.Apply(eighthThird, made.Apply(eighthAgain, atEighth, eighthThird.RowsRead), EighthsKept);
        var atSixteenth = made.Apply(sixteenth, atEighth, sixteenthAgain.RowsRead);
        atSixteenth = made.Apply(sixteenthThird, made.Apply(sixteenthAgain, atSixteenth, sixteenthThird.RowsRead), upToEighth.RowsRead);
        var backAtEighth = made.Apply(joinedEighth, made.Join(atEighth, upToEighth, atSixteenth, joinedEighth.RowsRead), upToFourth.RowsRead);
        var backAtFourth = made.Apply(joinedFourth, made.Join(atFourth, upToFourth, backAtEighth, joinedFourth.RowsRead), lastFourth.RowsRead);
        return Answers(made.Add(answer.Over(made.Apply(lastFourth, backAtFourth, answer.RowsRead), kept: 1, rectified: false)));
    }

    private static float[] Answers(IFeatureRows source)
    {
        var rows = source.Rows;
        var logits = new float[rows.Width * rows.Height];
        for (var y = 0; y < rows.Height; y++)
        {
            source.MakeUpTo(y);
            var row = rows.Row(y);
            for (var x = 0; x < rows.Width; x++)
            {
                logits[(y * rows.Width) + x] = row[x * rows.Channels];
            }
        }

        return logits;
    }

    private static IConvolution Layer(BinaryReader reader, int stride)
    {
        var (kernel, inputs, weights, bias) = Values(reader);
        return Convolution.Of(kernel, stride, inputs, weights, bias);
    }

    /// <summary>One output, and as many of nothing as make eight.</summary>
    private static IConvolution Answer(BinaryReader reader)
    {
        var (kernel, inputs, weights, bias) = Values(reader);
        var widened = new float[weights.Length * ChannelGroup.Least];
        for (var i = 0; i < weights.Length; i++)
        {
            widened[i * ChannelGroup.Least] = weights[i];
        }

        return Convolution.Of(kernel, stride: 1, inputs, widened, [bias[0], .. new float[ChannelGroup.Least - 1]]);
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
