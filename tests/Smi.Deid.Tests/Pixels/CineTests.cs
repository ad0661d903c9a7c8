using System.Buffers.Binary;
using Smi.Deid.Pixels.Examination;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Frames are worked on side by side; what comes out is what one after the other would give.</summary>
public sealed class CineTests
{
    private const int Width = 160;
    private const int Height = 120;
    private const int Frames = 11;

    private static readonly FrameFormat s_format = PixelWork.Gray(Width, Height);

    public static TheoryData<string> Encoded =>
    [
        TransferSyntaxCodecs.RleLossless, TransferSyntaxCodecs.JpegLosslessFirstOrder, TransferSyntaxCodecs.JpegLsLossless, TransferSyntaxCodecs.Jpeg2000Lossless,
    ];

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Each_frame_of_many_keeps_its_place(string uid)
    {
        byte[][] frames = [.. Enumerable.Range(0, Frames).Select(Picture)];
        var syntax = TransferSyntax.Find(uid) ?? TransferSyntax.ExplicitLittleEndian;
        var image = PixelWork.Compressed(PixelWork.Image(s_format, frames), s_format, syntax, frames);

        using var context = PixelWork.Run(image, syntax, out var refusal);

        Assert.Null(refusal);
        for (var frame = 0; frame < Frames; frame++)
        {
            var result = PixelWork.Frame(context, frame);
            Assert.Equal(frames[frame].AsSpan(Width * 60), result.AsSpan(Width * 60));
            Assert.DoesNotContain((byte)250, result);
        }
    }

    [Fact]
    public void The_blank_of_each_frame_is_what_its_own_window_shows_as_black()
    {
        var format = PixelWork.Gray(Width, Height, allocated: 16, stored: 16);
        var image = PixelWork.Image(format, [.. Enumerable.Range(0, Frames).Select(frame => Words(Picture(frame), 1000 + frame))]);
        image.Set(new SequenceElement(new DicomTag(0x52009230), [.. Enumerable.Range(0, Frames).Select(Window)]));

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out var refusal);

        Assert.Null(refusal);
        for (var frame = 0; frame < Frames; frame++)
        {
            // The smallest value lies above the window's lower end by ten; the nearest that is black is that end.
            Assert.Equal(990 + frame, BinaryPrimitives.ReadUInt16LittleEndian(PixelWork.Frame(context, frame).AsSpan(2 * ((16 * Width) + 20))));
        }
    }

    [Fact]
    public void Equal_frames_are_found_the_same_as_the_first_of_them()
    {
        byte[][] frames = [.. Enumerable.Range(0, Frames).Select(frame => Picture(frame % 3))];

        using var context = PixelWork.Run(PixelWork.Image(s_format, frames), TransferSyntax.ExplicitLittleEndian, out _);

        var boxes = context.Report.Regions.ToLookup(region => region.Frame, region => (region.X0, region.Y0, region.X1, region.Y1));
        Assert.All(Enumerable.Range(3, Frames - 3), frame => Assert.Equal(boxes[frame % 3], boxes[frame]));
        Assert.NotEmpty(boxes[0]);
    }

    [Fact]
    public void Of_several_damaged_frames_the_first_gives_the_reason()
    {
        byte[][] frames = [.. Enumerable.Range(0, Frames).Select(Picture)];
        var syntax = TransferSyntax.Find(TransferSyntaxCodecs.JpegLsLossless) ?? TransferSyntax.ExplicitLittleEndian;
        var image = PixelWork.Compressed(PixelWork.Image(s_format, frames), s_format, syntax, frames);
        var fragments = (image.Find(DicomTags.PixelData) as EncapsulatedElement)?.Fragments.ToArray() ?? [];
        fragments[^1] = new ByteSlice(new byte[40]);
        var last = Assert.Throws<DicomFormatException>(() => PixelWork.Run(WithFragments(image, fragments), syntax, out _)).Message;
        fragments[9] = fragments[9].Part(0, fragments[9].Length / 4 * 2);
        var reasons = Enumerable.Range(0, 5).Select(round => Assert.Throws<DicomFormatException>(() => PixelWork.Run(WithFragments(image, fragments), syntax, out _)).Message);

        Assert.NotEqual(last, Assert.Single(reasons.Distinct()));
    }

    [Fact]
    public void A_stop_ends_the_work()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var image = PixelWork.Image(s_format, [.. Enumerable.Range(0, Frames).Select(Picture)]);
        var reader = FrameReader.Open(image, TransferSyntax.ExplicitLittleEndian);

        var examiner = new FrameExaminer(PixelWork.Detector, new SideBySide(2), reader, palette: null, FurtherLooks.For(image, reader), isInverted: false, tiles: null);

        Assert.Throws<OperationCanceledException>(() => examiner.Examine(stop.Token));
    }

    private static byte[] Picture(int seed)
    {
        var picture = new BitmapText(Width, Height).WithNoise(60, 8, seed);
        picture.Burn("ROBERTSON", 20, 16, 2, 250);
        return picture.Pixels;
    }

    private static DicomDataSet WithFragments(DicomDataSet image, ByteSlice[] fragments)
    {
        var changed = image.Copy();
        changed.Set(new EncapsulatedElement(DicomTags.PixelData, fragments));
        return changed;
    }

    private static byte[] Words(byte[] picture, int least) =>
        [.. picture.Select(value => least + value - picture.Min()).SelectMany(value => new[] { (byte)value, (byte)(value >> 8) })];

    /// <summary>Black is 990 and less for the first frame, and one more for each.</summary>
    private static DicomDataSet Window(int frame)
    {
        var values = new DicomDataSet();
        values.SetString(new DicomTag(0x00281050), VR.DS, $"{990 + frame + 100}");
        values.SetString(new DicomTag(0x00281051), VR.DS, "200");
        values.SetString(new DicomTag(0x00281056), VR.CS, "LINEAR_EXACT");
        var group = new DicomDataSet();
        group.Set(new SequenceElement(new DicomTag(0x00289132), [values]));
        return group;
    }
}
