namespace Smi.Deid.Tests.Pixels;

/// <summary>A convolution, one value after the other.</summary>
/// <param name="Weights">[row][column][input][output].</param>
internal sealed record PlainLayer(int Kernel, int Inputs, float[] Weights, float[] Bias)
{
    private const int Tile = 4;

    public static PlainLayer Read(BinaryReader reader)
    {
        var shape = Enumerable.Range(0, 4).Select(_ => reader.ReadInt32()).ToArray();
        return new PlainLayer(shape[0], shape[2], Halves(reader, shape[0] * shape[1] * shape[2] * shape[3]), Halves(reader, shape[3]));
    }

    /// <summary>With the roundings of the detector's own computation.</summary>
    public PlainMap Apply(PlainMap source, int stride, bool rectified = true) =>
        Kernel == 3 && stride == 1 && Inputs % 8 == 0 ? Tiled(source, rectified) : Direct(source, stride, rectified);

    /// <summary>As it is defined, each product added with one rounding.</summary>
    public PlainMap Direct(PlainMap source, int stride, bool rectified)
    {
        var result = new PlainMap(source.Width / stride, source.Height / stride, Bias.Length);
        var padding = Kernel == 1 ? 0 : 1;
        for (var i = 0; i < result.Width * result.Height; i++)
        {
            int x = i % result.Width, y = i / result.Width;
            float[] sums = [.. Bias];
            for (var tap = 0; tap < Kernel * Kernel; tap++)
            {
                int sx = (x * stride) + (tap % Kernel) - padding, sy = (y * stride) + (tap / Kernel) - padding;
                for (var input = 0; input < Inputs; input++)
                {
                    AddProducts(sums, source[sx, sy, input], Weights.AsSpan(((tap * Inputs) + input) * sums.Length, sums.Length));
                }
            }

            Set(result, x, y, sums, rectified);
        }

        return result;
    }

    /// <summary>By tiles of four outputs, six terms each; four times the first one's where each row below is the same over and over.</summary>
    private PlainMap Tiled(PlainMap source, bool rectified)
    {
        var result = new PlainMap(source.Width, source.Height, Bias.Length);
        var weights = Enumerable.Range(0, 6).Select(TermWeights).ToArray();
        for (var y = 0; y < source.Height; y++)
        {
            for (var tile = 0; tile < Math.Max(6, (source.Width + Tile - 1) / Tile); tile++)
            {
                var x = Math.Min(tile * Tile, source.Width - Tile);
                var outputs = Outputs(Sums(source, weights, x, y));
                var isEven = Enumerable.Range(y - 1, 3).All(row => Enumerable.Range(0, 5 * Inputs).All(i =>
                    Bits(source[x + (i / Inputs) - 1, row, i % Inputs]) == Bits(source[x + (i / Inputs), row, i % Inputs])));
                for (var i = 0; i < Tile; i++)
                {
                    Set(result, x + i, y, outputs[isEven ? 0 : i], rectified);
                }
            }
        }

        return result;
    }

    private float[][] Sums(PlainMap source, float[][] weights, int x, int y)
    {
        float[][] sums = [.. Enumerable.Range(0, 6).Select(term => term == 1 ? (float[])[.. Bias] : new float[Bias.Length])];
        for (var tap = 0; tap < 3 * Inputs; tap++)
        {
            int row = y - 1 + (tap / Inputs), input = tap % Inputs;
            var terms = Terms([.. Enumerable.Range(x - 1, 6).Select(column => source[column, row, input])]);
            for (var term = 0; term < 6; term++)
            {
                AddProducts(sums[term], terms[term], weights[term].AsSpan(tap * Bias.Length, Bias.Length));
            }
        }

        return sums;
    }

    private static float[] Terms(float[] d)
    {
        float even = MathF.FusedMultiplyAdd(-4, d[2], d[4]), odd = MathF.FusedMultiplyAdd(-4, d[1], d[3]);
        float even2 = d[4] - d[2], odd2 = 2 * (d[3] - d[1]);
        return
        [
            MathF.FusedMultiplyAdd(4, d[0], MathF.FusedMultiplyAdd(-5, d[2], d[4])),
            even + odd, even - odd, even2 + odd2, even2 - odd2,
            MathF.FusedMultiplyAdd(4, d[1], MathF.FusedMultiplyAdd(-5, d[3], d[5])),
        ];
    }

    private float[] TermWeights(int term) =>
    [
        .. Enumerable.Range(0, 3 * Inputs * Bias.Length).Select(i =>
        {
            var column = Inputs * Bias.Length;
            var w = Enumerable.Range(0, 3).Select(x => (double)Weights[(i / column * 3 * column) + (x * column) + (i % column)]).ToArray();
            return (float)(term switch
            {
                0 => w[0] / 4,
                1 => -(w[0] + w[1] + w[2]) / 6,
                2 => -(w[0] - w[1] + w[2]) / 6,
                3 => (w[0] + (2 * w[1]) + (4 * w[2])) / 24,
                4 => (w[0] - (2 * w[1]) + (4 * w[2])) / 24,
                _ => w[2],
            });
        }),
    ];

    private static float[][] Outputs(float[][] m)
    {
        float[] Each(Func<int, float> output) => [.. Enumerable.Range(0, m[0].Length).Select(output)];
        return
        [
            Each(o => m[0][o] + (m[1][o] + m[2][o] + (m[3][o] + m[4][o]))),
            Each(o => MathF.FusedMultiplyAdd(2, m[3][o] - m[4][o], m[1][o] - m[2][o])),
            Each(o => MathF.FusedMultiplyAdd(4, m[3][o] + m[4][o], m[1][o] + m[2][o])),
            Each(o => MathF.FusedMultiplyAdd(8, m[3][o] - m[4][o], m[1][o] - m[2][o]) + m[5][o]),
        ];
    }

    private static void Set(PlainMap map, int x, int y, float[] values, bool rectified)
    {
        for (var c = 0; c < values.Length; c++)
        {
            map[x, y, c] = rectified ? Math.Max(0, values[c]) : values[c];
        }
    }

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    private static void AddProducts(float[] sums, float value, ReadOnlySpan<float> weights)
    {
        for (var output = 0; output < sums.Length; output++)
        {
            sums[output] = MathF.FusedMultiplyAdd(value, weights[output], sums[output]);
        }
    }

    private static float[] Halves(BinaryReader reader, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)reader.ReadHalf())];
}
