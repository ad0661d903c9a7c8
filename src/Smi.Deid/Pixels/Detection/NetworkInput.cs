namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// The two channels the network reads: the toned value, and the value relative to the mean and deviation of its neighbourhood of 36
/// pixels, in which faint text over dark anatomy is as clear as white text on black. The same as `prepared` in tools/text-detector/network.py.
/// </summary>
internal static class NetworkInput
{
    private const int Block = 4;
    private const int Reach = 4;
    private const float Floor = 0.006f;
    private const float Limit = 4;

    /// <param name="curve">The tone curve of the picture or, for a part of one, of all of it.</param>
    public static FeatureMap Of(GrayImage image, float[] curve)
    {
        int shownWidth = Math.Max(TextNetwork.LeastSide, image.Width), shownHeight = Math.Max(TextNetwork.LeastSide, image.Height);
        int width = Padded(shownWidth), height = Padded(shownHeight);
        var map = new FeatureMap(width, height, 2);
        for (var y = 0; y < height; y++)
        {
            ToneRow(image, curve, Mirrored(Math.Min(y, shownHeight - 1), image.Height), shownWidth, map.Row(y));
        }

        var (mean, scale) = Neighbourhoods(map);
        for (var y = 0; y < shownHeight; y++)
        {
            var blocks = y / Block * (width / Block);
            FinishRow(map.Row(y), mean.AsSpan(blocks, width / Block), scale.AsSpan(blocks, width / Block));
            map.Row(y)[(2 * shownWidth)..].Clear();
        }

        for (var y = shownHeight; y < height; y++)
        {
            map.Row(y).Clear();
        }

        return map;
    }

    private static int Padded(int side) => (side + TextNetwork.Grain - 1) / TextNetwork.Grain * TextNetwork.Grain;

    /// <summary>A very small picture is shown to the network with its mirror images around it, for a lone tile on nothing looks like a glyph.</summary>
    private static int Mirrored(int at, int side)
    {
        var within = at % (2 * side);
        return within < side ? within : (2 * side) - 1 - within;
    }

    /// <summary>Beyond the right and lower edge the last pixel is repeated, for the means; the finished channels are 0 there.</summary>
    private static void ToneRow(GrayImage image, float[] curve, int y, int shownWidth, Span<float> row)
    {
        var samples = image.Samples.AsSpan(y * image.Width, image.Width);
        for (var x = 0; x < samples.Length; x++)
        {
            row[2 * x] = curve[samples[x]];
        }

        for (var x = samples.Length; x < row.Length / 2; x++)
        {
            row[2 * x] = curve[samples[Mirrored(Math.Min(x, shownWidth - 1), image.Width)]];
        }
    }

    private static void FinishRow(Span<float> row, ReadOnlySpan<float> mean, ReadOnlySpan<float> scale)
    {
        for (var block = 0; block < mean.Length; block++)
        {
            float m = mean[block], s = scale[block];
            var part = row.Slice(2 * Block * block, 2 * Block);
            for (var x = 0; x < part.Length; x += 2)
            {
                var value = part[x];
                part[x] = (2 * value) - 1;
                part[x + 1] = Math.Clamp((value - m) * s, -Limit, Limit) / 2;
            }
        }
    }

    /// <summary>For each block of 4 × 4 pixels: the mean of the 9 × 9 blocks around, and 1 / (deviation + floor).</summary>
    private static (float[] Mean, float[] Scale) Neighbourhoods(FeatureMap map)
    {
        int width = map.Width / Block, height = map.Height / Block;
        var mean = new float[width * height];
        var square = new float[width * height];
        for (var y = 0; y < map.Height; y++)
        {
            var blocks = y / Block * width;
            AddRow(map.Row(y), mean.AsSpan(blocks, width), square.AsSpan(blocks, width));
        }

        mean = Averaged(mean, width, height);
        square = Averaged(square, width, height);
        for (var i = 0; i < mean.Length; i++)
        {
            var variance = Math.Max(0, square[i] - (mean[i] * mean[i]));
            square[i] = 1 / (MathF.Sqrt(variance) + Floor);
        }

        return (mean, square);
    }

    private static void AddRow(ReadOnlySpan<float> row, Span<float> sum, Span<float> squares)
    {
        const float share = 1f / (Block * Block);
        for (var block = 0; block < sum.Length; block++)
        {
            var part = row.Slice(2 * Block * block, 2 * Block);
            for (var x = 0; x < part.Length; x += 2)
            {
                sum[block] += part[x] * share;
                squares[block] += part[x] * part[x] * share;
            }
        }
    }

    /// <summary>The mean of 2 × Reach + 1 values in both directions; beyond an edge its value is repeated.</summary>
    private static float[] Averaged(float[] values, int width, int height)
    {
        const float share = 1f / ((2 * Reach) + 1);
        var across = new float[values.Length];
        for (var y = 0; y < height; y++)
        {
            var row = values.AsSpan(y * width, width);
            for (var x = 0; x < width; x++)
            {
                var sum = 0f;
                for (var d = -Reach; d <= Reach; d++)
                {
                    sum += row[Math.Clamp(x + d, 0, width - 1)];
                }

                across[(y * width) + x] = sum * share;
            }
        }

        var result = new float[values.Length];
        for (var y = 0; y < height; y++)
        {
            for (var d = -Reach; d <= Reach; d++)
            {
                var row = across.AsSpan(Math.Clamp(y + d, 0, height - 1) * width, width);
                for (var x = 0; x < width; x++)
                {
                    result[(y * width) + x] += row[x] * share;
                }
            }
        }

        return result;
    }
}
