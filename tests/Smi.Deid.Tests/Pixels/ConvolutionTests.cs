using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Tests.Pixels;

public sealed class ConvolutionTests
{
    [Theory]
    [InlineData(3, 1, 5, 8)]
    [InlineData(3, 2, 8, 16)]
    [InlineData(4, 2, 2, 8)]
    [InlineData(3, 1, 16, 48)]
    [InlineData(1, 1, 16, 32)]
    public void Gives_what_the_definition_gives(int kernel, int stride, int inputs, int outputs)
    {
        var random = new Random(kernel + (10 * stride) + (100 * inputs));
        var weights = Values(random, kernel * kernel * inputs * outputs);
        var bias = Values(random, outputs);
        using var source = new FeatureMap(20, 14, inputs);
        for (var y = 0; y < source.Height; y++)
        {
            Values(random, 20 * inputs).CopyTo(source.Row(y));
        }

        using var result = new Convolution(kernel, stride, inputs, weights, bias).Apply(source, rectified: true);
        for (var y = 0; y < result.Height; y++)
        {
            for (var i = 0; i < result.Width * outputs; i++)
            {
                var expected = ByDefinition(source, kernel, stride, weights, bias, i / outputs, y, i % outputs);
                Assert.Equal(Math.Max(0, expected), result.Row(y)[i], 1e-4);
            }
        }
    }

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];

    private static double ByDefinition(FeatureMap source, int kernel, int stride, float[] weights, float[] bias, int x, int y, int output)
    {
        double sum = bias[output];
        var padding = kernel == 1 ? 0 : 1;
        for (var tap = 0; tap < kernel * kernel * source.Channels; tap++)
        {
            int input = tap % source.Channels, column = tap / source.Channels % kernel, row = tap / source.Channels / kernel;
            int sx = (x * stride) + column - padding, sy = (y * stride) + row - padding;
            if (sx >= 0 && sy >= 0 && sx < source.Width && sy < source.Height)
            {
                sum += source.Row(sy)[(sx * source.Channels) + input] * weights[(tap * bias.Length) + output];
            }
        }

        return sum;
    }
}
