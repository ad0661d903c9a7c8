using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// The innermost loops of a convolution: for a few positions and channels at a time, so that all their sums stay in registers. A fused
/// multiply-add rounds the same everywhere.
/// </summary>
/// <param name="kernel">Rows.</param>
/// <param name="run">Floats of a row of the kernel.</param>
/// <param name="step">Floats from one position's first input to the next one's.</param>
/// <param name="outputs">Floats from one position's first output to the next one's.</param>
/// <param name="floor">What outputs are at least.</param>
internal readonly unsafe struct ConvolutionKernels(int kernel, int run, nint step, nint outputs, float floor)
{
    /// <summary>Positions.</summary>
    public const int Many = 6;
    public const int Few = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SixBy16(float* input, in KernelRows rows, float* w, float* b, float* output)
    {
        Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8);
        Vector256<float> p0 = b0, p1 = b0, p2 = b0, p3 = b0, p4 = b0, p5 = b0, q0 = b1, q1 = b1, q2 = b1, q3 = b1, q4 = b1, q5 = b1;
        var s = step;
        for (var row = 0; row < kernel; row++)
        {
            var i0 = input + rows[row];
            for (var end = i0 + run; i0 < end; i0++, w += 16)
            {
                Vector256<float> w0 = Vector256.Load(w), w1 = Vector256.Load(w + 8);
                var i3 = i0 + (3 * s);
                var v = Vector256.Create(*i0);
                p0 = Vector256.FusedMultiplyAdd(v, w0, p0);
                q0 = Vector256.FusedMultiplyAdd(v, w1, q0);
                v = Vector256.Create(i0[s]);
                p1 = Vector256.FusedMultiplyAdd(v, w0, p1);
                q1 = Vector256.FusedMultiplyAdd(v, w1, q1);
                v = Vector256.Create(i0[2 * s]);
                p2 = Vector256.FusedMultiplyAdd(v, w0, p2);
                q2 = Vector256.FusedMultiplyAdd(v, w1, q2);
                v = Vector256.Create(*i3);
                p3 = Vector256.FusedMultiplyAdd(v, w0, p3);
                q3 = Vector256.FusedMultiplyAdd(v, w1, q3);
                v = Vector256.Create(i3[s]);
                p4 = Vector256.FusedMultiplyAdd(v, w0, p4);
                q4 = Vector256.FusedMultiplyAdd(v, w1, q4);
                v = Vector256.Create(i3[2 * s]);
                p5 = Vector256.FusedMultiplyAdd(v, w0, p5);
                q5 = Vector256.FusedMultiplyAdd(v, w1, q5);
            }
        }

        Store(output, p0, p1, p2, p3);
        Store(output + (4 * outputs), p4, p5);
        Store(output + 8, q0, q1, q2, q3);
        Store(output + 8 + (4 * outputs), q4, q5);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SixBy8(float* input, in KernelRows rows, float* w, float* b, float* output)
    {
        var b0 = Vector256.Load(b);
        Vector256<float> p0 = b0, p1 = b0, p2 = b0, p3 = b0, p4 = b0, p5 = b0;
        var s = step;
        for (var row = 0; row < kernel; row++)
        {
            var i0 = input + rows[row];
            for (var end = i0 + run; i0 < end; i0++, w += 8)
            {
                var w0 = Vector256.Load(w);
                var i3 = i0 + (3 * s);
                p0 = Vector256.FusedMultiplyAdd(Vector256.Create(*i0), w0, p0);
                p1 = Vector256.FusedMultiplyAdd(Vector256.Create(i0[s]), w0, p1);
                p2 = Vector256.FusedMultiplyAdd(Vector256.Create(i0[2 * s]), w0, p2);
                p3 = Vector256.FusedMultiplyAdd(Vector256.Create(*i3), w0, p3);
                p4 = Vector256.FusedMultiplyAdd(Vector256.Create(i3[s]), w0, p4);
                p5 = Vector256.FusedMultiplyAdd(Vector256.Create(i3[2 * s]), w0, p5);
            }
        }

        Store(output, p0, p1, p2, p3);
        Store(output + (4 * outputs), p4, p5);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FourBy24(float* input, in KernelRows rows, float* w, float* b, float* output)
    {
        Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8), b2 = Vector256.Load(b + 16);
        Vector256<float> p0 = b0, p1 = b0, p2 = b0, p3 = b0, q0 = b1, q1 = b1, q2 = b1, q3 = b1, r0 = b2, r1 = b2, r2 = b2, r3 = b2;
        var s = step;
        for (var row = 0; row < kernel; row++)
        {
            var i0 = input + rows[row];
            for (var end = i0 + run; i0 < end; i0++, w += 24)
            {
                Vector256<float> w0 = Vector256.Load(w), w1 = Vector256.Load(w + 8), w2 = Vector256.Load(w + 16);
                var v = Vector256.Create(*i0);
                p0 = Vector256.FusedMultiplyAdd(v, w0, p0);
                q0 = Vector256.FusedMultiplyAdd(v, w1, q0);
                r0 = Vector256.FusedMultiplyAdd(v, w2, r0);
                v = Vector256.Create(i0[s]);
                p1 = Vector256.FusedMultiplyAdd(v, w0, p1);
                q1 = Vector256.FusedMultiplyAdd(v, w1, q1);
                r1 = Vector256.FusedMultiplyAdd(v, w2, r1);
                v = Vector256.Create(i0[2 * s]);
                p2 = Vector256.FusedMultiplyAdd(v, w0, p2);
                q2 = Vector256.FusedMultiplyAdd(v, w1, q2);
                r2 = Vector256.FusedMultiplyAdd(v, w2, r2);
                v = Vector256.Create(i0[3 * s]);
                p3 = Vector256.FusedMultiplyAdd(v, w0, p3);
                q3 = Vector256.FusedMultiplyAdd(v, w1, q3);
                r3 = Vector256.FusedMultiplyAdd(v, w2, r3);
            }
        }

        Store(output, p0, p1, p2, p3);
        Store(output + 8, q0, q1, q2, q3);
        Store(output + 16, r0, r1, r2, r3);
    }

    /// <summary>Copies the channels of one position to several.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Repeat(float* position, float* output, int channels, int positions)
    {
        for (var c = 0; c < channels; c += ChannelGroup.Least)
        {
            var repeated = Vector256.Load(position + c);
            for (var i = 0; i < positions; i++)
            {
                repeated.Store(output + (i * outputs) + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(float* output, Vector256<float> v0, Vector256<float> v1, Vector256<float> v2, Vector256<float> v3)
    {
        Store(output, v0, v1);
        Store(output + (2 * outputs), v2, v3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(float* output, Vector256<float> v0, Vector256<float> v1)
    {
        // Of -0 and 0 every processor takes the second here; nothing is not a number.
        var least = Vector256.Create(floor);
        Vector256.MaxNative(v0, least).Store(output);
        Vector256.MaxNative(v1, least).Store(output + outputs);
    }
}
