using Smi.Dicom;
using Smi.Dicom.Codecs;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// The sample values that a viewer shows as black. Grey images are blanked with the darkest value of the frame, or of its window
/// if that is darker: a value far below would stretch the grey scale of viewers that scale to the smallest and largest.
/// </summary>
internal static class BlankColour
{
    private static readonly DicomTag WindowCenter = new(0x00281050);
    private static readonly DicomTag WindowWidth = new(0x00281051);
    private static readonly DicomTag RescaleIntercept = new(0x00281052);
    private static readonly DicomTag RescaleSlope = new(0x00281053);

    /// <summary>One value for each component, as stored.</summary>
    public static int[] Of(DicomDataSet dataSet, FrameSamples samples, Palette? palette) => samples.Format.PhotometricInterpretation switch
    {
        "PALETTE COLOR" when palette is not null => [palette.Darkest],
        "RGB" => [0, 0, 0],
        "YBR_PARTIAL_422" or "YBR_PARTIAL_420" => [16, 128, 128],
        var name when name.StartsWith("YBR", StringComparison.Ordinal) => [0, 1 << (samples.Format.BitsStored - 1), 1 << (samples.Format.BitsStored - 1)],
        "MONOCHROME1" => [Grey(dataSet, samples, isInverted: true)],
        "MONOCHROME2" => [Grey(dataSet, samples, isInverted: false)],
        _ => throw new DicomFormatException("the Photometric Interpretation is not one whose black is known"),
    };

    private static int Grey(DicomDataSet dataSet, FrameSamples samples, bool isInverted)
    {
        var slope = First(dataSet, RescaleSlope) ?? 1;
        var (least, span) = samples.Range(0);
        // A negative slope turns the order of stored values around once more.
        var blackIsHigh = isInverted != (slope < 0);
        var extreme = blackIsHigh ? least + span : least;
        if (Window(dataSet, slope, isInverted) is { } edge)
        {
            extreme = blackIsHigh ? Math.Max(extreme, (long)Math.Ceiling(edge)) : Math.Min(extreme, (long)Math.Floor(edge));
        }

        return (int)Clamped(extreme, samples.Format);
    }

    /// <summary>The stored value at which the window turns black, if there is a window.</summary>
    private static double? Window(DicomDataSet dataSet, double slope, bool isInverted)
    {
        if (First(dataSet, WindowCenter) is not { } centre || First(dataSet, WindowWidth) is not { } width || slope == 0)
        {
            return null;
        }

        var black = isInverted ? centre + (width / 2) : centre - (width / 2);
        var stored = (black - (First(dataSet, RescaleIntercept) ?? 0)) / slope;
        return double.IsFinite(stored) ? Math.Clamp(stored, int.MinValue, int.MaxValue) : null;
    }

    private static long Clamped(long value, FrameFormat format)
    {
        var bits = format.BitsStored;
        return format.IsSigned ? Math.Clamp(value, -(1L << (bits - 1)), (1L << (bits - 1)) - 1) : Math.Clamp(value, 0, (1L << bits) - 1);
    }

    private static double? First(DicomDataSet dataSet, DicomTag tag) => dataSet.GetNumbers(tag) is [var value, ..] ? value : null;
}
