using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Tests.Pixels;

public sealed class ConvolutionTests
{
    private const int Width = 60;
    private const int Height = 14;

    [Theory]
    [InlineData(3, 1, 5, 8)]
    [InlineData(3, 2, 8, 16)]
    [InlineData(4, 2, 2, 8)]
    [InlineData(3, 1, 16, 48)]
    [InlineData(1, 1, 16, 32)]
    [InlineData(3, 1, 8, 24)]
    [InlineData(4, 2, 16, 40)]
    public void Gives_what_the_definition_gives(int kernel, int stride, int inputs, int outputs)
    {
        var random = new Random(kernel + (10 * stride) + (100 * inputs));
        var layer = new PlainLayer(kernel, inputs, Values(random, kernel * kernel * inputs * outputs), Values(random, outputs));
        AssertEqual(layer, stride, (_, _) => (random.NextSingle() * 2) - 1);
    }

    [Theory]
    [InlineData(3, 1, 16, 16)]
    [InlineData(3, 2, 8, 24)]
    [InlineData(4, 2, 2, 16)]
    [InlineData(1, 1, 16, 8)]
    public void Gives_it_where_the_source_is_the_same_over_and_over(int kernel, int stride, int inputs, int outputs)
    {
        var random = new Random(kernel + (10 * stride) + (100 * inputs));
        var layer = new PlainLayer(kernel, inputs, Values(random, kernel * kernel * inputs * outputs), Values(random, outputs));
        // Stretches of the same, with an odd value at any place of some row.
        AssertEqual(layer, stride, (x, y) => (x / 25) + (x == 3 * y ? 0.5f : 0));
        AssertEqual(layer, stride, (_, _) => 0);
    }

    private static void AssertEqual(PlainLayer layer, int stride, Func<int, int, float> value)
    {
        var (inputs, outputs) = (layer.Inputs, layer.Bias.Length);
        using var source = new RowRing(Width, Height, inputs, Height);
        var map = new PlainMap(Width, Height, inputs);
        for (var y = 0; y < Height; y++)
        {
            var row = source.Append();
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = map[i / inputs, y, i % inputs] = value(i / inputs, y) * (1 + (i % inputs));
            }
        }

        var convolution = new Convolution(layer.Kernel, stride, inputs, layer.Weights, layer.Bias);
        using var result = new RowRing(Width / stride, Height / stride, outputs, Height);
        var expected = layer.Apply(map, stride);
        for (var y = 0; y < result.Height; y++)
        {
            convolution.MakeRow(source, y, result, rectified: true);
            for (var i = 0; i < result.Width * outputs; i++)
            {
                Assert.Equal(expected[i / outputs, y, i % outputs], result.Row(y)[i]);
            }
        }
    }

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
}
