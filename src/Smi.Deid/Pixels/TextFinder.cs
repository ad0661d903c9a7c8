using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Examination;
using Smi.Deid.Pixels.Reading;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels;

/// <summary>What the pixel stage would find in a file or a picture, without changing anything.</summary>
/// <param name="detector">Finds text.</param>
/// <param name="textReader">Null: what is found is not read.</param>
public sealed class TextFinder(TextDetector detector, ITextReader? textReader = null)
{
    private readonly SideBySide sideBySide = new(Environment.ProcessorCount);

    /// <summary>Text in Pixel Data and in overlays.</summary>
    /// <exception cref="DicomFormatException">The pixels cannot be decoded.</exception>
    public IReadOnlyList<FoundText> InFile(DicomFile file, CancellationToken cancellation)
    {
        List<FoundText> found = [.. new OverlayCleaning(detector).Find(file.DataSet, textReader)];
        if (file.DataSet.Contains(DicomTags.PixelData))
        {
            var reader = FrameReader.Open(file.DataSet, file.TransferSyntax);
            var palette = Palette.For(file.DataSet, reader.Format);
            var boxes = new FrameExaminer(detector, sideBySide, reader, palette, FurtherLooks.For(file.DataSet, reader), isInverted: false, TiledImage.For(file.DataSet, reader))
                .Examine(cancellation).Select(finding => finding.Boxes);
            found.AddRange(boxes.SelectMany((found, frame) => Read(
                frame, found, () => FramePictures.Of(reader.Read(frame), reader.Format, palette)[0].Picture)));
        }

        return found;
    }

    /// <param name="samples">Interleaved as <paramref name="format"/> says.</param>
    public IReadOnlyList<FoundText> InPicture(ReadOnlyMemory<byte> samples, FrameFormat format) =>
    [
        .. Read(0, [.. FramePictures.Find(detector, samples, format, null)], () => FramePictures.Of(samples, format, null)[0].Picture),
    ];

    private IEnumerable<FoundText> Read(int frame, IReadOnlyList<PixelBox> boxes, Func<GrayImage> picture)
    {
        var seen = textReader is null || boxes.Count == 0 ? null : picture();
        return boxes.Select(box => new FoundText(
            new RedactedRegion(frame, null, box.Left, box.Top, box.Right, box.Bottom, PixelStage.DetectorSource),
            seen is null ? null : textReader?.Read(seen, box).Text));
    }
}
