namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>A QCD or QCC segment (ITU T.800 A.6.4): guard bits and the step size of each subband.</summary>
internal sealed record Quantization(int GuardBits, bool IsReversible, bool IsDerived, int[] Steps)
{
    private const int MantissaBits = 11;

    public static Quantization Read(ref SegmentReader reader)
    {
        var style = reader.ReadByte();
        var kind = style & 0x1F;
        if (kind > 2)
        {
            throw new DicomFormatException("JPEG 2000: quantization style out of range");
        }

        var steps = new int[kind == 0 ? reader.Remaining : reader.Remaining / 2];
        for (var index = 0; index < steps.Length; index++)
        {
            steps[index] = kind == 0 ? reader.ReadByte() >> 3 << MantissaBits : reader.ReadUInt16();
        }

        return new Quantization(style >> 5, kind == 0, kind == 1, steps);
    }

    /// <summary>Bit planes of a subband's coefficients ("Mb", E-2); <paramref name="band"/> counts from LL upwards.</summary>
    public int BitPlanes(int band) => GuardBits + Exponent(band) - 1;

    /// <summary>The step size of E-3; <paramref name="range"/> is the precision with the gain of the subband.</summary>
    public float StepSize(int band, int range)
    {
        var mantissa = Step(band) & ((1 << MantissaBits) - 1);
        return MathF.ScaleB(1 + (mantissa / (float)(1 << MantissaBits)), range - Exponent(band));
    }

    /// <summary>E-5: with derived steps each level up has one less.</summary>
    private int Exponent(int band) =>
        IsDerived ? Math.Max(0, (Step(0) >> MantissaBits) - Math.Max(0, (band - 1) / 3)) : Step(band) >> MantissaBits;

    private int Step(int band)
    {
        var index = IsDerived ? 0 : band;
        return index < Steps.Length ? Steps[index] : throw new DicomFormatException("JPEG 2000: a subband without quantization");
    }
}
