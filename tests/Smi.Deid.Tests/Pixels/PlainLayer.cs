namespace Smi.Deid.Tests.Pixels;

/// <summary>A convolution as its definition has it.</summary>
/// <param name="Weights">[row][column][input][output].</param>
internal sealed record PlainLayer(int Kernel, int Inputs, float[] Weights, float[] Bias)
{
    public static PlainLayer Read(BinaryReader reader)
    {
        var shape = Enumerable.Range(0, 4).Select(_ => reader.ReadInt32()).ToArray();
        return new PlainLayer(shape[0], shape[2], Halves(reader, shape[0] * shape[1] * shape[2] * shape[3]), Halves(reader, shape[3]));
    }

    public PlainMap Apply(PlainMap source, int stride, bool rectified = true)
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

            for (var output = 0; output < sums.Length; output++)
            {
                result[x, y, output] = rectified ? Math.Max(0, sums[output]) : sums[output];
            }
        }

        return result;
    }

    private static void AddProducts(float[] sums, float value, ReadOnlySpan<float> weights)
    {
        for (var output = 0; output < sums.Length; output++)
        {
            sums[output] = MathF.FusedMultiplyAdd(value, weights[output], sums[output]);
        }
    }

    private static float[] Halves(BinaryReader reader, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)reader.ReadHalf())];
}
