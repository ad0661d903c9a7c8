using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames.Display;

/// <summary>The grayscale pipeline of PS3.4 N.2: modality transform, values of interest, polarity.</summary>
internal sealed class GrayTransform(DicomDataSet dataSet, FrameFormat format)
{
    private static readonly DicomTag ModalityLutSequence = new(0x00283000);
    private static readonly DicomTag PixelValueTransformationSequence = new(0x00289145);
    private static readonly DicomTag RescaleIntercept = new(0x00281052);
    private static readonly DicomTag RescaleSlope = new(0x00281053);
    private static readonly DicomTag PresentationLutShape = new(0x20500020);

    private readonly LookupTable? modality = LookupTable.Find(dataSet, ModalityLutSequence, format.IsSigned);
    private readonly bool isInverted = format.PhotometricInterpretation == "MONOCHROME1"
        || dataSet.GetString(PresentationLutShape) == "INVERSE";

    public void Render(ReadOnlySpan<byte> frame, int index, Span<byte> picture)
    {
        var samples = new StoredSamples(frame, format);
        var groups = FunctionalGroups.Find(dataSet, PixelValueTransformationSequence, index);
        var slope = First(groups, RescaleSlope) ?? 1;
        var intercept = First(groups, RescaleIntercept) ?? 0;
        var interest = ValuesOfInterest.Find(dataSet, index, format.IsSigned) ?? RangeOf(samples, slope, intercept);
        var known = new byte?[format.BitsStored <= 16 ? 1 << 16 : 0];
        for (var i = 0; i < picture.Length; i++)
        {
            var value = samples[i];
            if (known.Length == 0)
            {
                picture[i] = Shown(value, slope, intercept, interest);
                continue;
            }

            picture[i] = known[value & 0xFFFF] ??= Shown(value, slope, intercept, interest);
        }
    }

    /// <summary>
    /// The stored value that is shown darkest: one of the frame's own, its first or last, if one of these is as dark as any; otherwise that which is
    /// nearest to them, for a value far away would stretch the grey scale of viewers that scale to the smallest and largest.
    /// </summary>
    public long Darkest(ReadOnlySpan<byte> frame, int index)
    {
        var (least, most) = Range(new StoredSamples(frame, format));
        var groups = FunctionalGroups.Find(dataSet, PixelValueTransformationSequence, index);
        var slope = First(groups, RescaleSlope) ?? 1;
        var intercept = First(groups, RescaleIntercept) ?? 0;
        var interest = ValuesOfInterest.Find(dataSet, index, format.IsSigned) ?? RangeOf(new StoredSamples(frame, format), slope, intercept);
        double Brightness(long value) => isInverted ? 1 - Level(value, slope, intercept, interest) : Level(value, slope, intercept, interest);

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

    private static (long Least, long Most) Range(StoredSamples samples)
    {
        var (least, most) = (long.MaxValue, long.MinValue);
        for (var i = 0; i < samples.Count; i++)
        {
            (least, most) = (Math.Min(least, samples[i]), Math.Max(most, samples[i]));
        }

        return (least, most);
    }

    private double Level(long stored, double slope, double intercept, ValuesOfInterest interest) => interest.Level(Modality(stored, slope, intercept));

    private byte Shown(long stored, double slope, double intercept, ValuesOfInterest interest)
    {
        var level = Level(stored, slope, intercept, interest);
        return (byte)Math.Round(255 * (isInverted ? 1 - level : level));
    }

    private double Modality(long stored, double slope, double intercept) =>
        modality is null ? (stored * slope) + intercept : modality.Value(stored);

    // PS3.3 C.11.2.1: without a window nothing is said; viewers show the range in use.
    private ValuesOfInterest RangeOf(StoredSamples samples, double slope, double intercept)
    {
        var (least, most) = (double.MaxValue, double.MinValue);
        for (var i = 0; i < samples.Count; i++)
        {
            var value = Modality(samples[i], slope, intercept);
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        return ValuesOfInterest.Range(least, most);
    }

    private static double? First(DicomDataSet dataSet, DicomTag tag) => dataSet.GetNumbers(tag) is [var value, ..] ? value : null;
}
