using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Smi.Deid.Pixels.Detection;

/// <summary>From six neighbouring inputs to the six terms of a tile, and from the sums of their products to its four outputs.</summary>
internal static unsafe class TileKernels
{
    /// <param name="row">The first of six positions of <paramref name="channels"/> inputs.</param>
    /// <param name="next">Floats from one term to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MakeTerms(float* row, float* terms, nint channels, nint next)
    {
        Vector256<float> four = Vector256.Create(4f), lessFour = Vector256.Create(-4f), lessFive = Vector256.Create(-5f);
        for (nint c = 0; c < channels; c += Vector256<float>.Count, row += Vector256<float>.Count, terms += Vector256<float>.Count)
        {
            Vector256<float> d0 = Vector256.Load(row), d1 = Vector256.Load(row + channels), d2 = Vector256.Load(row + (2 * channels));
            Vector256<float> d3 = Vector256.Load(row + (3 * channels)), d4 = Vector256.Load(row + (4 * channels)), d5 = Vector256.Load(row + (5 * channels));
            Vector256.FusedMultiplyAdd(four, d0, Vector256.FusedMultiplyAdd(lessFive, d2, d4)).Store(terms);
            Vector256<float> even = Vector256.FusedMultiplyAdd(lessFour, d2, d4), odd = Vector256.FusedMultiplyAdd(lessFour, d1, d3);
            (even + odd).Store(terms + next);
            (even - odd).Store(terms + (2 * next));
            (even, odd) = (d4 - d2, d3 - d1);
            odd += odd;
            (even + odd).Store(terms + (3 * next));
            (even - odd).Store(terms + (4 * next));
            Vector256.FusedMultiplyAdd(four, d1, Vector256.FusedMultiplyAdd(lessFive, d3, d5)).Store(terms + (5 * next));
        }
    }

    /// <param name="sums">Of the first term.</param>
    /// <param name="next">Floats from one term's sums to the next one's.</param>
    /// <param name="outputs">Receives four positions of <paramref name="channels"/> outputs.</param>
    /// <param name="floor">What outputs are at least.</param>
    /// <param name="isEven">All four are the same.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Finish(float* sums, nint next, float* outputs, nint channels, float floor, bool isEven)
    {
        // Of -0 and 0 every processor takes the second here; nothing is not a number.
        var least = Vector256.Create(floor);
        for (nint c = 0; c < channels; c += Vector256<float>.Count, sums += Vector256<float>.Count, outputs += Vector256<float>.Count)
        {
            Vector256<float> m1 = Vector256.Load(sums + next), m2 = Vector256.Load(sums + (2 * next));
            Vector256<float> m3 = Vector256.Load(sums + (3 * next)), m4 = Vector256.Load(sums + (4 * next));
            Vector256<float> sum = m1 + m2, difference = m1 - m2, sum2 = m3 + m4, difference2 = m3 - m4;
            Vector256<float> o0 = Vector256.Load(sums) + (sum + sum2), o1 = o0, o2 = o0, o3 = o0;
            if (!isEven)
            {
                o1 = Vector256.FusedMultiplyAdd(Vector256.Create(2f), difference2, difference);
                o2 = Vector256.FusedMultiplyAdd(Vector256.Create(4f), sum2, sum);
                o3 = Vector256.FusedMultiplyAdd(Vector256.Create(8f), difference2, difference) + Vector256.Load(sums + (5 * next));
            }

            Vector256.MaxNative(o0, least).Store(outputs);
            Vector256.MaxNative(o1, least).Store(outputs + channels);
            Vector256.MaxNative(o2, least).Store(outputs + (2 * channels));
            Vector256.MaxNative(o3, least).Store(outputs + (3 * channels));
        }
    }
}
