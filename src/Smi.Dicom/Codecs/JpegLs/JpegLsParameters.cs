using System.Numerics;

namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>The coding parameters of one scan (ITU T.87 A.2 and C.2.4.1.1), those that follow from others included.</summary>
internal sealed record JpegLsParameters
{
    private const int DefaultReset = 64;

    public required int MaximumSample { get; init; }

    /// <summary>The largest difference between a sample and what is decoded for it; 0 is lossless.</summary>
    public required int Near { get; init; }

    public required int Threshold1 { get; init; }

    public required int Threshold2 { get; init; }

    public required int Threshold3 { get; init; }

    public required int Reset { get; init; }

    public int ErrorStep => (2 * Near) + 1;

    public int Range => ((MaximumSample + (2 * Near)) / ErrorStep) + 1;

    /// <summary>Bits of a prediction error that is written as it is ("qbpp").</summary>
    public int ErrorBits => CeilingLog2(Range);

    /// <summary>The longest Golomb code word ("LIMIT").</summary>
    public int Limit
    {
        get
        {
            var bits = Math.Max(2, CeilingLog2(MaximumSample + 1));
            return 2 * (bits + Math.Max(8, bits));
        }
    }

    /// <summary>The preset values of a stream where they are not zero, the defaults of C.2.4.1.1 for the rest.</summary>
    public static JpegLsParameters Create(int precision, int near, JpegLsPreset preset)
    {
        var maximum = preset.MaximumSample == 0 ? (1 << precision) - 1 : preset.MaximumSample;
        if (maximum >= 1 << precision || near > Math.Min(255, maximum / 2))
        {
            throw new DicomFormatException("JPEG-LS: maximum sample value or NEAR outside what the precision allows");
        }

        var (first, second, third) = DefaultThresholds(maximum, near);
        var parameters = new JpegLsParameters
        {
            MaximumSample = maximum,
            Near = near,
            Threshold1 = preset.Threshold1 == 0 ? first : preset.Threshold1,
            Threshold2 = preset.Threshold2 == 0 ? second : preset.Threshold2,
            Threshold3 = preset.Threshold3 == 0 ? third : preset.Threshold3,
            Reset = preset.Reset == 0 ? DefaultReset : preset.Reset,
        };
        return parameters.Checked();
    }

    private JpegLsParameters Checked()
    {
        var ordered = Near < Threshold1 && Threshold1 <= Threshold2 && Threshold2 <= Threshold3 && Threshold3 <= MaximumSample;
        if (!ordered || Reset < 3 || Reset > Math.Max(255, MaximumSample))
        {
            throw new DicomFormatException("JPEG-LS: preset coding parameters out of range");
        }

        return this;
    }

    private static (int First, int Second, int Third) DefaultThresholds(int maximum, int near)
    {
        int first, second, third;
        if (maximum >= 128)
        {
            var factor = (Math.Min(maximum, 4095) + 128) / 256;
            first = factor + 2 + (3 * near);
            second = (factor * 4) + 3 + (5 * near);
            third = (factor * 17) + 4 + (7 * near);
        }
        else
        {
            var factor = 256 / (maximum + 1);
            first = Math.Max(2, (3 / factor) + (3 * near));
            second = Math.Max(3, (7 / factor) + (5 * near));
            third = Math.Max(4, (21 / factor) + (7 * near));
        }

        first = OrLower(first, near + 1, maximum);
        second = OrLower(second, first, maximum);
        return (first, second, OrLower(third, second, maximum));
    }

    private static int OrLower(int value, int lower, int upper) => value > upper || value < lower ? lower : value;

    private static int CeilingLog2(int value) => value <= 1 ? 0 : BitOperations.Log2((uint)value - 1) + 1;
}
