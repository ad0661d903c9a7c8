namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// Blanks a part of a block: its samples are computed, those under the box become flat, and the block is quantised again with its own
/// divisors. What is kept changes by rounding and by what the hard edge adds.
/// </summary>
internal sealed class EdgeRedaction(ReadOnlySpan<ushort> quantisation, int precision, int level)
{
    private readonly InverseDct inverse = new(quantisation, precision);
    private readonly ForwardDct forward = new(quantisation, precision);

    /// <param name="coefficients">64 quantised values, row by row; changed in place.</param>
    /// <param name="covered">A bit for each sample, row by row.</param>
    public void Apply(Span<int> coefficients, ulong covered)
    {
        Span<short> source = stackalloc short[64];
        Span<ushort> samples = stackalloc ushort[64];
        for (int i = 0; i < 64; i++)
        {
            source[i] = (short)Math.Clamp(coefficients[i], short.MinValue, short.MaxValue);
        }

        inverse.Transform(source, 63, samples, 8);
        for (int i = 0; i < 64; i++)
        {
            samples[i] = (covered >> i & 1) != 0 ? (ushort)level : samples[i];
        }

        forward.Transform(samples, coefficients);
    }
}
