using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Reading;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;
using Smi.Gallery;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Runs the pixel stage alone on images made here, and reads what it leaves.</summary>
internal static class PixelWork
{
    public static TextDetector Detector => StageRun.Detector;

    public static DicomDataSet Image(FrameFormat format, params byte[][] frames) => ImageMaking.Native(format, frames);

    public static FrameFormat Gray(int width, int height, string interpretation = "MONOCHROME2", int allocated = 8, int stored = 8, bool isSigned = false) =>
        ImageMaking.Gray(interpretation, allocated, stored, isSigned) with { Rows = height, Columns = width };

    /// <summary>The context after the stage ran; the caller disposes it.</summary>
    public static DeidContext Run(DicomDataSet dataSet, TransferSyntax syntax, out Refusal? refusal, PixelPolicy? policy = null, string? path = null, ITextReader? textReader = null) =>
        StageRun.On(dataSet, syntax, policy ?? new PixelPolicy(), out refusal, path, textReader);

    public static byte[] Frame(DeidContext context, int frame) => FrameReader.Open(context.Edited, context.OutputSyntax).Read(frame);

    /// <summary>The same pixels in the transfer syntax, by its own lossless encoder.</summary>
    public static DicomDataSet Compressed(DicomDataSet native, FrameFormat format, TransferSyntax syntax, params byte[][] frames)
    {
        var compressed = native.Copy();
        compressed.Set(ImageMaking.Encoded(format, syntax, frames).Find(DicomTags.PixelData) ?? throw new InvalidOperationException("there is no Pixel Data"));
        return compressed;
    }
}
