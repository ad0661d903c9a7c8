using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// Dequantisation, the 8×8 inverse DCT (T.81 A.3.3), level shift and clamping in single precision; its error is far below the
/// rounding of the samples.
/// </summary>
internal sealed class InverseDct
{
    private static readonly float[] Basis = CosineBasis();

    // By zigzag index of the last coefficient: how many rows hold any.
    private static readonly byte[] RowsReached = CountRowsReached();

    private readonly float[] divisors = new float[64];
    private readonly float centre;
    private readonly float maximum;

    /// <param name="quantisation">In zigzag order.</param>
    /// <param name="precision">Bits of a sample.</param>
    public InverseDct(ReadOnlySpan<ushort> quantisation, int precision)
    {
        for (int i = 0; i < 64; i++)
        {
            divisors[Zigzag.ToNatural[i]] = quantisation[i];
        }

        centre = 1 << (precision - 1);
        maximum = (1 << precision) - 1;
    }

    /// <param name="coefficients">64 quantised values, row by row.</param>
    /// <param name="last">Zigzag index above which all coefficients are zero.</param>
    /// <param name="samples">From the upper left sample of the block on.</param>
    /// <param name="stride">Samples from one row to the next.</param>
    public void Transform(ReadOnlySpan<short> coefficients, int last, Span<ushort> samples, int stride)
    {
        if (last == 0)
        {
            FillFlat(coefficients[0], samples, stride);
        }
        else
        {
            TransformFully(coefficients, last, samples, stride);
        }
    }

    private void FillFlat(short dc, Span<ushort> samples, int stride)
    {
        float level = Math.Clamp(dc * divisors[0] / 8 + centre + 0.5f, 0, maximum + 0.5f);
        for (int y = 0; y < 8; y++)
        {
            samples.Slice(y * stride, 8).Fill((ushort)level);
        }
    }

    private void TransformFully(ReadOnlySpan<short> coefficients, int last, Span<ushort> samples, int stride)
    {
        int rows = RowsReached[last];
        Span<Vector256<float>> lines = stackalloc Vector256<float>[8];
        Span<float> scaled = stackalloc float[8];
        for (int v = 0; v < rows; v++)
        {
            lines[v] = TransformRow(coefficients.Slice(8 * v, 8), divisors.AsSpan(8 * v, 8), scaled);
        }

        for (int y = 0; y < 4; y++)
        {
            Vector256<float> even = Vector256.Create(centre + 0.5f);
            Vector256<float> odd = Vector256<float>.Zero;
            for (int v = 0; v < rows; v += 2)
            {
                even += lines[v] * Basis[8 * v + y];
            }

            for (int v = 1; v < rows; v += 2)
            {
                odd += lines[v] * Basis[8 * v + y];
            }

            Store(even + odd, samples.Slice(y * stride, 8));
            Store(even - odd, samples.Slice((7 - y) * stride, 8));
        }
    }

    private static Vector256<float> TransformRow(ReadOnlySpan<short> row, ReadOnlySpan<float> divisor, Span<float> scaled)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(Vector128.Create(row));
        Vector256<float> values = Vector256.ConvertToSingle(Vector256.Create(low, high)) * Vector256.Create(divisor);
        values.CopyTo(scaled);
        ReadOnlySpan<Vector256<float>> basis = MemoryMarshal.Cast<float, Vector256<float>>(Basis);
        Vector256<float> sum = basis[0] * scaled[0];
        for (int u = 1; u < 8; u++)
        {
            sum += basis[u] * scaled[u];
        }

        return sum;
    }

    private void Store(Vector256<float> values, Span<ushort> samples)
    {
        Vector256<float> clamped = Vector256.Min(Vector256.Max(values, Vector256<float>.Zero), Vector256.Create(maximum + 0.5f));
        Vector256<int> whole = Vector256.ConvertToInt32Native(clamped);
        Vector128.Narrow(whole.GetLower().AsUInt32(), whole.GetUpper().AsUInt32()).CopyTo(samples);
    }

    // Row u: C(u)/2 · cos((2x+1)uπ/16) for x = 0…7.
    private static float[] CosineBasis()
    {
        var basis = new float[64];
        for (int u = 0; u < 8; u++)
        {
            double scale = u == 0 ? Math.Sqrt(0.125) : 0.5;
            for (int x = 0; x < 8; x++)
            {
                basis[8 * u + x] = (float)(scale * Math.Cos((2 * x + 1) * u * Math.PI / 16));
            }
        }

        return basis;
    }

    private static byte[] CountRowsReached()
    {
        var reached = new byte[64];
        byte most = 1;
        for (int i = 0; i < 64; i++)
        {
            reached[i] = most = Math.Max(most, (byte)(Zigzag.ToNatural[i] / 8 + 1));
        }

        return reached;
    }
}
