using Smi.Dicom;

namespace Smi.Deid.Pixels;

/// <summary>
/// Compares native Pixel Data with what the Image Pixel Module declares (PS3.3 C.7.6.3, PS3.5 8.1.1): too short or whole frames too long is
/// refused, and what else lies behind the last pixel is cut off, for anything can hide there.
/// </summary>
public sealed class PixelDataExtentStage : IDeidStage
{
    /// <summary>Devices fill up blocks of their disks.</summary>
    private const int MostPadding = 4096;

    public string Name => "pixels";

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        if (!context.Edited.Contains(DicomTags.PixelData))
        {
            if (DeclaresAnImage(context.Original))
            {
                context.Report.Note("the attributes of an image are there and its Pixel Data are not");
            }

            return null;
        }

        context.Report.Pixels = "unchecked";
        return context.Edited.FindValue(DicomTags.PixelData) is { } element ? Check(element, context.Original, context) : null;
    }

    private static bool DeclaresAnImage(DicomDataSet original) =>
        original.GetInt32(DicomTags.Rows) > 0 && original.Contains(DicomTags.BitsAllocated)
        && !original.Contains(DicomTags.PixelData) && !original.Contains(DicomTags.FloatPixelData) && !original.Contains(DicomTags.DoubleFloatPixelData);

    /// <summary>Compares native Pixel Data with what a data set declares.</summary>
    internal static Refusal? Check(ValueElement element, DicomDataSet declaring, DeidContext context)
    {
        if (DeclaredLength(declaring) is not var (declared, frames))
        {
            return new Refusal("Rows, Columns, Bits Allocated, Samples per Pixel or Number of Frames are missing or make no image");
        }

        if (element.Length < declared)
        {
            return new Refusal($"Pixel Data hold {element.Length} bytes where the image needs {declared}");
        }

        // Cut to what is declared such pixels are no picture to the detector, and one to whoever reads them as they are.
        if (SharesChroma(declaring) && element.Length >= declared / 2 * 3)
        {
            return new Refusal("Pixel Data hold the chroma of every pixel where Photometric Interpretation says that two share it");
        }

        if (element.Length - declared >= Math.Max(declared / frames, MostPadding + 1))
        {
            return new Refusal($"Pixel Data hold {element.Length} bytes, whole frames more than the {declared} that the image needs");
        }

        var padded = declared + (declared & 1);
        if (element.Length > padded)
        {
            context.Edited.Set(new ValueElement(element.Tag, element.VR, element.Value.Part(0, padded), element.IsBigEndian));
            context.Report.Note($"{element.Length - padded} bytes behind the last pixel were cut off");
        }

        return null;
    }

    private static (long Length, int Frames)? DeclaredLength(DicomDataSet original)
    {
        var (rows, columns) = (original.GetInt32(DicomTags.Rows), original.GetInt32(DicomTags.Columns));
        var (bits, samples) = (original.GetInt32(DicomTags.BitsAllocated), original.GetInt32(DicomTags.SamplesPerPixel) ?? 1);
        var frames = original.GetInt32(DicomTags.NumberOfFrames) ?? 1;
        if (rows is not > 0 || columns is not > 0 || bits is not > 0 || samples <= 0 || frames <= 0)
        {
            return null;
        }

        var pixels = (Int128)rows.Value * columns.Value;
        var samplesOfFrame = SharesChroma(original) ? (pixels + 1) / 2 * 4 : pixels * samples;
        var bytes = checked((samplesOfFrame * frames * bits.Value) + 7) / 8;
        return bytes > long.MaxValue ? null : ((long)bytes, frames);
    }

    /// <summary>PS3.3 C.7.6.3.1.2: native, these have two samples of brightness and two of chroma for two pixels.</summary>
    private static bool SharesChroma(DicomDataSet declaring) => declaring.GetString(DicomTags.PhotometricInterpretation) is "YBR_FULL_422" or "YBR_PARTIAL_422";
}
