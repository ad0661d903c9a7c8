using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Examination;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels;

/// <summary>What the pixel stage would find in a file or a picture, without changing anything.</summary>
public sealed class TextFinder(TextDetector detector)
{
    private const string Source = "detector";

    /// <summary>Text in Pixel Data and in overlays.</summary>
    /// <exception cref="DicomFormatException">The pixels cannot be decoded.</exception>
    public IReadOnlyList<RedactedRegion> InFile(DicomFile file, CancellationToken cancellation)
    {
        List<RedactedRegion> regions = [.. new OverlayCleaning(detector).Find(file.DataSet)];
        if (file.DataSet.Contains(DicomTags.PixelData))
        {
            var reader = FrameReader.Open(file.DataSet, file.TransferSyntax);
            var boxes = new FrameExaminer(detector, reader, Palette.For(file.DataSet, reader.Format)).Examine(cancellation);
            regions.AddRange(boxes.SelectMany((found, frame) => found.Select(box => Region(frame, box))));
        }

        return regions;
    }

    /// <param name="samples">Interleaved as <paramref name="format"/> says.</param>
    public IReadOnlyList<RedactedRegion> InPicture(ReadOnlyMemory<byte> samples, FrameFormat format) =>
        [.. FramePictures.Find(detector, samples, format, null).Select(box => Region(0, box))];

    private static RedactedRegion Region(int frame, PixelBox box) => new(frame, null, box.Left, box.Top, box.Right, box.Bottom, Source);
}
