using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames.Display;

/// <summary>How the values of one frame become gray: modality transform, values of interest, polarity (PS3.4 N.2). Safe from many threads.</summary>
internal sealed class GrayScale(FrameFormat format)
{
    /// <summary>What is less bright is black on a screen of 8 bits; a sigmoid never comes down to 0.</summary>
    private const double Black = 0.5 / byte.MaxValue;

    public required LookupTable? Modality { get; init; }

    public required double Slope { get; init; }

    public required double Intercept { get; init; }

    /// <summary>Null where the data set names none.</summary>
    public required ValuesOfInterest? Interest { get; init; }

    public required bool IsInverted { get; init; }

    public void Render(ReadOnlySpan<byte> frame, Span<byte> picture)
    {
        var samples = new StoredSamples(frame, format);
        var interest = Interest ?? RangeOf(samples);
        var known = new byte?[format.BitsStored <= 16 ? 1 << 16 : 0];
        for (var i = 0; i < picture.Length; i++)
        {
            var value = samples[i];
            if (known.Length == 0)
            {
                picture[i] = Shown(value, interest);
                continue;
            }

            picture[i] = known[value & 0xFFFF] ??= Shown(value, interest);
        }
    }

    /// <summary>
    /// The stored value that is shown darkest: one of the frame's own, its first or last, if one of these is as dark as any; otherwise that which is
    /// nearest to them, for a value far away would stretch the grey scale of viewers that scale to the smallest and largest.
    /// </summary>
    public long Darkest(ReadOnlySpan<byte> frame)
    {
        var samples = new StoredSamples(frame, format);
        var (least, most) = samples.Range();
        var interest = Interest ?? RangeOf(samples);
        double Brightness(long value) => (IsInverted ? 1 - Level(value, interest) : Level(value, interest)) is var level && level < Black ? 0 : level;

        var own = Brightness(least) <= Brightness(most) ? least : most;
        // Without 16 bits at the most there are too many values to try; nothing with more has a window that leaves its own values.
        return format.BitsStored > 16 || Brightness(own) <= 0 ? own : Nearest(least, most, own, Brightness);
    }

    private long Nearest(long least, long most, long own, Func<long, double> brightness)
    {
        var first = format.IsSigned ? -(1L << (format.BitsStored - 1)) : 0;
        var last = first + (1L << format.BitsStored) - 1;
        var (best, darkest) = (own, brightness(own));
        for (var value = first; value <= last; value++)
        {
            var level = brightness(value);
            if (level < darkest || (level == darkest && Distance(value) < Distance(best)))
            {
                (best, darkest) = (value, level);
            }
        }

        return best;

        long Distance(long value) => Math.Max(0, Math.Max(least - value, value - most));
    }

    private double Level(long stored, ValuesOfInterest interest) => interest.Level(Transformed(stored));

    public byte Shown(long stored) => Shown(stored, Interest ?? ValuesOfInterest.Range(stored, stored));

    public int PixelsOf(ReadOnlySpan<byte> frame) => frame.Length / format.BytesPerSample;

    private byte Shown(long stored, ValuesOfInterest interest)
    {
        var level = Level(stored, interest);
        return (byte)Math.Round(255 * (IsInverted ? 1 - level : level));
    }

    private double Transformed(long stored) => Modality is null ? (stored * Slope) + Intercept : Modality.Value(stored);

    // PS3.3 C.11.2.1: without a window nothing is said; viewers show the range in use.
    private ValuesOfInterest RangeOf(StoredSamples samples)
    {
        if (Modality is null)
        {
            var (first, last) = samples.Range();
            return ValuesOfInterest.Range(Math.Min(Transformed(first), Transformed(last)), Math.Max(Transformed(first), Transformed(last)));
        }

        var (least, most) = (double.MaxValue, double.MinValue);
        for (var i = 0; i < samples.Count; i++)
        {
            var value = Transformed(samples[i]);
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        return ValuesOfInterest.Range(least, most);
    }
}
