namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>The 8×8 forward DCT (T.81 A.3.3) and quantisation with the divisors of the source, in double precision.</summary>
internal sealed class ForwardDct
{
    private static readonly double[] Basis = CosineBasis();

    private readonly double[] divisors = new double[64];
    private readonly int centre;
    private readonly int largest;

    /// <param name="quantisation">In zigzag order.</param>
    /// <param name="precision">Bits of a sample.</param>
    public ForwardDct(ReadOnlySpan<ushort> quantisation, int precision)
    {
        for (int i = 0; i < 64; i++)
        {
            divisors[Zigzag.ToNatural[i]] = Math.Max((ushort)1, quantisation[i]);
        }

        centre = 1 << (precision - 1);
        // T.81 F.1.2: AC coefficients have at most 10 bits for 8-bit samples, 14 for 12-bit ones.
        largest = (1 << (precision + 2)) - 1;
    }

    /// <param name="samples">64, row by row.</param>
    /// <param name="coefficients">64 quantised values, row by row.</param>
    public void Transform(ReadOnlySpan<ushort> samples, Span<int> coefficients)
    {
        Span<double> rows = stackalloc double[64];
        for (int y = 0; y < 8; y++)
        {
            for (int u = 0; u < 8; u++)
            {
                double sum = 0;
                for (int x = 0; x < 8; x++)
                {
                    sum += (samples[y * 8 + x] - centre) * Basis[u * 8 + x];
                }

                rows[y * 8 + u] = sum;
            }
        }

        for (int i = 0; i < 64; i++)
        {
            double sum = 0;
            for (int y = 0; y < 8; y++)
            {
                sum += rows[y * 8 + (i & 7)] * Basis[(i >> 3) * 8 + y];
            }

            coefficients[i] = (int)Math.Clamp(Math.Round(sum / divisors[i]), -largest, largest);
        }
    }

    private static double[] CosineBasis()
    {
        var basis = new double[64];
        for (int i = 0; i < 64; i++)
        {
            basis[i] = (i < 8 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((i & 7) * 2 + 1) * (i >> 3) * Math.PI / 16);
        }

        return basis;
    }
}
