using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// A convolution with bias over feature maps, padding 1 (0 for a 1 × 1 kernel). Outputs are computed in groups of sixteen or eight channels
/// for six positions at a time, so that twelve sums stay in registers. Fused multiply-add rounds the same everywhere, which makes
/// the detector's answer the same on every processor.
/// </summary>
internal sealed class Convolution
{
    private const int Positions = 6;
    private const int Wide = 16;
    private const int Narrow = 8;

    private readonly float[] weights;
    private readonly float[] bias;
    private readonly int kernel;
    private readonly int stride;
    private readonly int inputs;
    private readonly int group;

    /// <param name="weights">[row][column][input][output], outputs a multiple of eight.</param>
    public Convolution(int kernel, int stride, int inputs, float[] weights, float[] bias)
    {
        this.kernel = kernel;
        this.stride = stride;
        this.inputs = inputs;
        this.bias = bias;
        Outputs = bias.Length;
        group = Outputs % Wide == 0 ? Wide : Narrow;
        this.weights = Grouped(weights, Outputs, group);
    }

    public int Outputs { get; }

    public FeatureMap Apply(FeatureMap source, bool rectified)
    {
        var result = new FeatureMap(source.Width / stride, source.Height / stride, Outputs);
        for (var y = 0; y < result.Height; y++)
        {
            for (var part = 0; part < Outputs / group; part++)
            {
                ComputeRow(source, result, y, part, rectified ? 0 : float.NegativeInfinity);
            }
        }

        return result;
    }

    /// <summary>Reorders to [group][row][column][input][output of the group]: the innermost loop then reads straight on.</summary>
    private static float[] Grouped(float[] weights, int outputs, int group)
    {
        var grouped = new float[weights.Length];
        var taps = weights.Length / outputs;
        for (var i = 0; i < weights.Length; i++)
        {
            int tap = i / outputs, output = i % outputs;
            grouped[(((output / group * taps) + tap) * group) + (output % group)] = weights[i];
        }

        return grouped;
    }

    private unsafe void ComputeRow(FeatureMap source, FeatureMap result, int y, int part, float floor)
    {
        var taps = weights.Length / Outputs * group;
        // A kernel of one tap starts on the position itself, the others one row and one column before it: on the border.
        var offset = kernel == 1 ? source.RowLength + source.Channels : 0;
        fixed (float* values = source.Values, w = &weights[part * taps], b = &bias[part * group], row = result.Row(y))
        {
            var from = values + offset + ((long)y * stride * source.RowLength);
            var limits = Vector256.Create(floor);
            for (var x = 0; x < result.Width; x += Positions)
            {
                // The last block overlaps the one before rather than leaving a remainder.
                var at = Math.Max(0, Math.Min(x, result.Width - Positions));
                var input = from + (at * stride * inputs);
                var output = row + (at * Outputs) + (part * group);
                if (group == Wide)
                {
                    SixBySixteen(input, w, b, output, source.RowLength, limits);
                }
                else
                {
                    SixByEight(input, w, b, output, source.RowLength, limits);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void SixBySixteen(float* input, float* w, float* b, float* output, int rowLength, Vector256<float> floor)
    {
        Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8);
        Vector256<float> p0 = b0, p1 = b0, p2 = b0, p3 = b0, p4 = b0, p5 = b0, q0 = b1, q1 = b1, q2 = b1, q3 = b1, q4 = b1, q5 = b1;
        nint step = stride * inputs;
        var run = kernel * inputs;
        for (var ky = 0; ky < kernel; ky++)
        {
            var i0 = input + ((nint)ky * rowLength);
            var end = i0 + run;
            for (; i0 < end; i0++, w += Wide)
            {
                Vector256<float> w0 = Vector256.Load(w), w1 = Vector256.Load(w + 8);
                var i3 = i0 + (3 * step);
                var v = Vector256.Create(*i0);
                p0 = Vector256.FusedMultiplyAdd(v, w0, p0);
                q0 = Vector256.FusedMultiplyAdd(v, w1, q0);
                v = Vector256.Create(i0[step]);
                p1 = Vector256.FusedMultiplyAdd(v, w0, p1);
                q1 = Vector256.FusedMultiplyAdd(v, w1, q1);
                v = Vector256.Create(i0[2 * step]);
                p2 = Vector256.FusedMultiplyAdd(v, w0, p2);
                q2 = Vector256.FusedMultiplyAdd(v, w1, q2);
                v = Vector256.Create(*i3);
                p3 = Vector256.FusedMultiplyAdd(v, w0, p3);
                q3 = Vector256.FusedMultiplyAdd(v, w1, q3);
                v = Vector256.Create(i3[step]);
                p4 = Vector256.FusedMultiplyAdd(v, w0, p4);
                q4 = Vector256.FusedMultiplyAdd(v, w1, q4);
                v = Vector256.Create(i3[2 * step]);
                p5 = Vector256.FusedMultiplyAdd(v, w0, p5);
                q5 = Vector256.FusedMultiplyAdd(v, w1, q5);
            }
        }

        Store(output, Outputs, p0, p1, p2, p3, p4, p5, floor);
        Store(output + 8, Outputs, q0, q1, q2, q3, q4, q5, floor);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void SixByEight(float* input, float* w, float* b, float* output, int rowLength, Vector256<float> floor)
    {
        var b0 = Vector256.Load(b);
        Vector256<float> p0 = b0, p1 = b0, p2 = b0, p3 = b0, p4 = b0, p5 = b0;
        nint step = stride * inputs;
        var run = kernel * inputs;
        for (var ky = 0; ky < kernel; ky++)
        {
            var i0 = input + ((nint)ky * rowLength);
            var end = i0 + run;
            for (; i0 < end; i0++, w += Narrow)
            {
                var w0 = Vector256.Load(w);
                var i3 = i0 + (3 * step);
                p0 = Vector256.FusedMultiplyAdd(Vector256.Create(*i0), w0, p0);
                p1 = Vector256.FusedMultiplyAdd(Vector256.Create(i0[step]), w0, p1);
                p2 = Vector256.FusedMultiplyAdd(Vector256.Create(i0[2 * step]), w0, p2);
                p3 = Vector256.FusedMultiplyAdd(Vector256.Create(*i3), w0, p3);
                p4 = Vector256.FusedMultiplyAdd(Vector256.Create(i3[step]), w0, p4);
                p5 = Vector256.FusedMultiplyAdd(Vector256.Create(i3[2 * step]), w0, p5);
            }
        }

        Store(output, Outputs, p0, p1, p2, p3, p4, p5, floor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store(
        float* output,
        nint step,
        Vector256<float> v0,
        Vector256<float> v1,
        Vector256<float> v2,
        Vector256<float> v3,
        Vector256<float> v4,
        Vector256<float> v5,
        Vector256<float> floor)
    {
        Vector256.Max(v0, floor).Store(output);
        Vector256.Max(v1, floor).Store(output + step);
        Vector256.Max(v2, floor).Store(output + (2 * step));
        Vector256.Max(v3, floor).Store(output + (3 * step));
        Vector256.Max(v4, floor).Store(output + (4 * step));
        Vector256.Max(v5, floor).Store(output + (5 * step));
    }
}
