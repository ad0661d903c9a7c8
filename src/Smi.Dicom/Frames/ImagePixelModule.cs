using System.Globalization;
using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames;

/// <summary>What a data set declares about its Pixel Data (PS3.3 C.7.6.3 and C.7.6.6), checked for being an image at all.</summary>
public sealed class ImagePixelModule
{
    private const int MaximumSamples = 4;
    private const int MaximumDimension = ushort.MaxValue;

    private ImagePixelModule(FrameFormat format, int frameCount)
    {
        Format = format;
        FrameCount = frameCount;
    }

    /// <summary>As declared: photometric interpretation and planar configuration are those of the stored data.</summary>
    public FrameFormat Format { get; }

    public int FrameCount { get; }

    /// <exception cref="DicomFormatException">An attribute is missing or contradicts another.</exception>
    public static ImagePixelModule Read(DicomDataSet dataSet)
    {
        var samples = dataSet.GetInt32(DicomTags.SamplesPerPixel) ?? 1;
        var bitsAllocated = Required(dataSet, DicomTags.BitsAllocated, 64);
        var bitsStored = dataSet.GetInt32(DicomTags.BitsStored) ?? bitsAllocated;
        if (dataSet.GetInt32(DicomTags.PixelRepresentation) is not (null or 0 or 1))
        {
            throw new DicomFormatException("samples are neither unsigned nor signed", tag: DicomTags.PixelRepresentation);
        }

        var format = new FrameFormat
        {
            Rows = Required(dataSet, DicomTags.Rows, MaximumDimension),
            Columns = Required(dataSet, DicomTags.Columns, MaximumDimension),
            SamplesPerPixel = samples,
            BitsAllocated = bitsAllocated,
            BitsStored = bitsStored,
            HighBit = dataSet.GetInt32(DicomTags.HighBit) ?? bitsStored - 1,
            IsSigned = dataSet.GetInt32(DicomTags.PixelRepresentation) == 1,
            PlanarConfiguration = dataSet.GetInt32(DicomTags.PlanarConfiguration) ?? 0,
            PhotometricInterpretation = PhotometricInterpretation(dataSet, samples),
        };
        Check(format);
        return new ImagePixelModule(format, CountFrames(dataSet));
    }

    /// <summary>The opposite of <see cref="Read"/>: sets what describes frames of that format.</summary>
    public static void Declare(DicomDataSet dataSet, in FrameFormat format, int frameCount)
    {
        dataSet.SetUInt16(DicomTags.SamplesPerPixel, (ushort)format.SamplesPerPixel);
        dataSet.SetString(DicomTags.PhotometricInterpretation, VR.CS, format.PhotometricInterpretation);
        if (format.SamplesPerPixel > 1)
        {
            dataSet.SetUInt16(DicomTags.PlanarConfiguration, (ushort)format.PlanarConfiguration);
        }

        if (frameCount > 1)
        {
            dataSet.SetString(DicomTags.NumberOfFrames, VR.IS, frameCount.ToString(CultureInfo.InvariantCulture));
        }

        dataSet.SetUInt16(DicomTags.Rows, (ushort)format.Rows);
        dataSet.SetUInt16(DicomTags.Columns, (ushort)format.Columns);
        dataSet.SetUInt16(DicomTags.BitsAllocated, (ushort)format.BitsAllocated);
        dataSet.SetUInt16(DicomTags.BitsStored, (ushort)format.BitsStored);
        dataSet.SetUInt16(DicomTags.HighBit, (ushort)format.HighBit);
        dataSet.SetUInt16(DicomTags.PixelRepresentation, (ushort)(format.IsSigned ? 1 : 0));
    }

    private static int Required(DicomDataSet dataSet, DicomTag tag, int most) =>
        dataSet.GetInt32(tag) is { } value && value > 0 && value <= most
            ? value
            : throw new DicomFormatException("the attribute is missing or makes no image", tag: tag);

    private static string PhotometricInterpretation(DicomDataSet dataSet, int samples)
    {
        var declared = dataSet.GetStrings(DicomTags.PhotometricInterpretation) is [var first, ..] ? first.ToUpperInvariant() : "";
        return declared.Length > 0 ? declared : samples == 1 ? "MONOCHROME2" : "RGB";
    }

    private static void Check(in FrameFormat format)
    {
        if (format.BitsAllocated is not (1 or 8 or 16 or 32))
        {
            throw new DicomFormatException("samples are not of 1, 8, 16 or 32 bits", tag: DicomTags.BitsAllocated);
        }

        if (format.BitsStored < 1 || format.BitsStored > format.BitsAllocated)
        {
            throw new DicomFormatException("more bits are stored than allocated, or none", tag: DicomTags.BitsStored);
        }

        if (format.HighBit < format.BitsStored - 1 || format.HighBit >= format.BitsAllocated)
        {
            throw new DicomFormatException("the high bit lies outside the sample", tag: DicomTags.HighBit);
        }

        if (format.SamplesPerPixel is < 1 or > MaximumSamples || IsColour(format.PhotometricInterpretation) != format.SamplesPerPixel > 1)
        {
            throw new DicomFormatException("the samples do not go with the photometric interpretation", tag: DicomTags.SamplesPerPixel);
        }

        if (format.PlanarConfiguration is not (0 or 1))
        {
            throw new DicomFormatException("the planar configuration is neither 0 nor 1", tag: DicomTags.PlanarConfiguration);
        }
    }

    private static bool IsColour(string photometricInterpretation) =>
        photometricInterpretation is not ("MONOCHROME1" or "MONOCHROME2" or "PALETTE COLOR");

    private static int CountFrames(DicomDataSet dataSet)
    {
        if (dataSet.FindValue(DicomTags.NumberOfFrames) is not { Length: > 0 })
        {
            return 1;
        }

        return dataSet.GetInt32(DicomTags.NumberOfFrames) is { } count and > 0
            ? count
            : throw new DicomFormatException("the number of frames is no number above zero", tag: DicomTags.NumberOfFrames);
    }
}
