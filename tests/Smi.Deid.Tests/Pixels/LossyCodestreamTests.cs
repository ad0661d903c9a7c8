using System.Runtime.InteropServices;
using SkiaSharp;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Codecs.Jpeg2000;
using Smi.Dicom.Frames;
using Smi.Gallery;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Syntaxes that are never written with loss a second time: what hides in their samples, and what the report says was blanked.</summary>
public sealed class LossyCodestreamTests
{
    private const int Width = 256;
    private const int Height = 160;
    private const string BitsCleared = "what stood in unused bits of samples was cleared";

    private static readonly TransferSyntax s_jpeg2000 = TransferSyntax.Find(TransferSyntaxCodecs.Jpeg2000) ?? TransferSyntax.ExplicitLittleEndian;
    private static readonly FrameFormat s_format = PixelWork.Gray(Width, Height, allocated: 16, stored: 12);

    [Fact]
    public void Clears_text_in_unused_bits_of_a_syntax_that_it_cannot_write()
    {
        var picture = Ramp(960);
        var image = Encoded(Samples(i => picture[i] | (Text()[i] > 0 ? 0x1000 : 0)));

        using var context = PixelWork.Run(image, s_jpeg2000, out var refusal);

        Assert.Null(refusal);
        Assert.Equal(TransferSyntax.ExplicitLittleEndian, context.OutputSyntax);
        Assert.Equal(Samples(i => picture[i]), PixelWork.Frame(context, 0));
        Assert.Contains(BitsCleared, context.Report.Notes);
    }

    [Fact]
    public void Finds_text_of_unused_bits_on_black_where_it_may_be_overshoot()
    {
        var image = Encoded(Samples(i => (i % 7) | (Text()[i] > 0 ? 0x1000 : 0)));

        using var context = PixelWork.Run(image, s_jpeg2000, out var refusal);

        Assert.Null(refusal);
        Assert.All(MemoryMarshal.Cast<byte, ushort>(PixelWork.Frame(context, 0)).ToArray(), value => Assert.InRange(value, 0, 7));
    }

    [Fact]
    public void Leaves_a_frame_of_which_some_values_overshoot_as_it_is()
    {
        var image = Encoded(Samples(i => i % Width < Width / 2 ? 300 : 4090 + (i % 11)));

        using var context = PixelWork.Run(image, s_jpeg2000, out var refusal);

        Assert.Null(refusal);
        Assert.Equal(s_jpeg2000, context.OutputSyntax);
        Assert.DoesNotContain(BitsCleared, context.Report.Notes);
        Assert.Equal(Bytes(image), Bytes(context.Edited));
    }

    [Fact]
    public void Says_of_JPEG_that_whole_blocks_were_blanked()
    {
        var format = ImageMaking.Gray();
        var image = ImageMaking.Encapsulated(format, SyntaxCases.BaselineCodestream(Scene.WithText(), isColour: false, SKJpegEncoderDownsample.Downsample444));
        var syntax = TransferSyntax.Find(TransferSyntaxCodecs.JpegBaseline) ?? TransferSyntax.ExplicitLittleEndian;

        using var context = PixelWork.Run(image, syntax, out var refusal);

        Assert.Null(refusal);
        Assert.NotEmpty(context.Report.Regions);
        var (before, after) = (FrameReader.Open(image, syntax).Read(0), PixelWork.Frame(context, 0));
        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]);
        Assert.All(changed, i => Assert.Contains(context.Report.Regions, region => Holds(region, i % format.Columns, i / format.Columns)));
    }

    private static bool Holds(RedactedRegion region, int x, int y) => x >= region.X0 && x < region.X1 && y >= region.Y0 && y < region.Y1;

    private static byte[] Text()
    {
        var text = new BitmapText(Width, Height);
        text.Burn("ROBERTSON", 30, 30, 3, 1);
        return text.Pixels;
    }

    private static int[] Ramp(int from) => [.. Enumerable.Range(0, Width * Height).Select(i => from + (2 * (i % Width)))];

    private static byte[] Samples(Func<int, int> value) =>
        MemoryMarshal.AsBytes<ushort>(Enumerable.Range(0, Width * Height).Select(i => (ushort)value(i)).ToArray()).ToArray();

    /// <summary>12 bits stored, 16 in the codestream.</summary>
    private static DicomDataSet Encoded(byte[] samples) =>
        ImageMaking.Encapsulated(s_format, new Jpeg2000Encoder().Encode(samples, s_format with { BitsStored = 16, HighBit = 15 }));

    private static byte[] Bytes(DicomDataSet image) =>
        image.Find(DicomTags.PixelData) is EncapsulatedElement { Fragments: [_, var frame] } ? frame.ToMemory().ToArray() : [];
}
