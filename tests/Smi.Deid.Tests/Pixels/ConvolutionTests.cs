using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Tests.Pixels;

public sealed class ConvolutionTests
{
    private const int Height = 14;

    [Theory]
    [InlineData(3, 1, 5, 8)]
    [InlineData(3, 2, 8, 16)]
    [InlineData(4, 2, 2, 8)]
    [InlineData(3, 1, 16, 48)]
    [InlineData(1, 1, 16, 32)]
    [InlineData(3, 1, 8, 24)]
    [InlineData(4, 2, 16, 40)]
    [InlineData(3, 1, 24, 8)]
    public void Gives_what_one_value_after_the_other_gives(int kernel, int stride, int inputs, int outputs)
    {
        var random = new Random(kernel + (10 * stride) + (100 * inputs));
        var layer = Layer(random, kernel, inputs, outputs);
        foreach (var width in new[] { 12, 18, 58, 60 })
        {
            AssertEqual(layer, stride, Map(width, inputs, (_, _) => (random.NextSingle() * 2) - 1));
        }
    }

    [Theory]
    [InlineData(3, 1, 16, 16)]
    [InlineData(3, 1, 8, 40)]
    [InlineData(3, 2, 8, 24)]
    [InlineData(4, 2, 2, 16)]
    [InlineData(1, 1, 16, 8)]
    public void Gives_it_where_the_source_is_the_same_over_and_over(int kernel, int stride, int inputs, int outputs)
    {
        var layer = Layer(new Random(kernel + (10 * stride) + (100 * inputs)), kernel, inputs, outputs);
        foreach (var width in new[] { 60, 190 })
        {
            // Stretches of the same, with an odd value at any place of some row.
            AssertEqual(layer, stride, Map(width, inputs, (x, y) => (x / 75) + (x == 3 * y ? 0.5f : 0)));
            AssertEqual(layer, stride, Map(width, inputs, (_, y) => y));
            AssertEqual(layer, stride, Map(width, inputs, (_, _) => 0));
        }
    }

    [Fact]
    public void Tiles_give_what_the_definition_gives()
    {
        var random = new Random(1);
        var layer = Layer(random, 3, 32, 16);
        var map = Map(40, 32, (_, _) => random.NextSingle() * 4);
        var (expected, tiled) = (layer.Direct(map, 1, rectified: true), layer.Apply(map, 1));
        for (var i = 0; i < 40 * Height * 16; i++)
        {
            int x = i / 16 % 40, y = i / 16 / 40;
            Assert.Equal(expected[x, y, i % 16], tiled[x, y, i % 16], 2e-4);
        }
    }

    [Fact]
    public void What_is_even_stays_even()
    {
        var layer = Layer(new Random(2), 3, 16, 16);
        using var source = new PlainRows(Map(60, 16, (_, _) => 0.3f), kept: Height);
        using var result = Convolution.Of(3, 1, 16, layer.Weights, layer.Bias).Over(source, kept: Height, rectified: true);
        result.MakeUpTo(7);
        var row = result.Rows.Row(7).ToArray();
        Assert.All(Enumerable.Range(8, 40), x => Assert.Equal(row[(8 * 16)..(9 * 16)], row[(x * 16)..((x + 1) * 16)]));
    }

    private static void AssertEqual(PlainLayer layer, int stride, PlainMap map)
    {
        var convolution = Convolution.Of(layer.Kernel, stride, layer.Inputs, layer.Weights, layer.Bias);
        using var source = new PlainRows(map, convolution.RowsRead);
        using var result = convolution.Over(source, kept: 1, rectified: true);
        var expected = layer.Apply(map, stride);
        for (var y = 0; y < expected.Height; y++)
        {
            result.MakeUpTo(y);
            var row = result.Rows.Row(y);
            for (var i = 0; i < row.Length; i++)
            {
                Assert.Equal(expected[i / expected.Channels, y, i % expected.Channels], row[i]);
            }
        }
    }

    private static PlainLayer Layer(Random random, int kernel, int inputs, int outputs) =>
        new(kernel, inputs, Values(random, kernel * kernel * inputs * outputs), Values(random, outputs));

    private static PlainMap Map(int width, int channels, Func<int, int, float> value)
    {
        var map = new PlainMap(width, Height, channels);
        for (var i = 0; i < width * Height * channels; i++)
        {
            int x = i / channels % width, y = i / channels / width;
            map[x, y, i % channels] = value(x, y) * (1 + (i % channels / 8f));
        }

        return map;
    }

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
}
