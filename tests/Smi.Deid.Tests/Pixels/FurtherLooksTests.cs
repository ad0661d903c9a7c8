using System.Runtime.InteropServices;
using Smi.Deid.Pixels.Examination;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Text that clearly shows in a viewer, and that the whole range of the frame hides.</summary>
public sealed class FurtherLooksTests
{
    private const int Width = 256;
    private const int Height = 160;
    private const int Padding = -32768;

    private static readonly DicomTag s_centre = new(0x00281050);
    private static readonly DicomTag s_width = new(0x00281051);

    private readonly (int Left, int Top, int Right, int Bottom) box;
    private readonly byte[] text;

    public FurtherLooksTests()
    {
        var burned = new BitmapText(Width, Height).WithNoise(60, 8, 1);
        box = burned.Burn("ROBERTSON", 60, 40, 3, 180);
        text = burned.Pixels;
    }

    [Fact]
    public void Finds_text_beside_padding_that_lies_far_away()
    {
        var image = Image(i => IsPadding(i) ? Padding : text[i]);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.Single(Inside(PixelWork.Frame(context, 0)).Distinct());
        Assert.Equal(Padding, Samples(PixelWork.Frame(context, 0))[0]);
    }

    [Fact]
    public void Finds_text_that_shows_in_the_window_alone()
    {
        // No gap: all values are in use somewhere.
        var image = Image(i => IsPadding(i) ? i * 37 : text[i]);
        image.SetString(s_centre, VR.DS, "100");
        image.SetString(s_width, VR.DS, "300");

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.Single(Inside(PixelWork.Frame(context, 0)).Distinct());
    }

    [Fact]
    public void Finds_text_of_one_level_of_a_byte_that_the_window_shows()
    {
        var image = PixelWork.Image(PixelWork.Gray(Width, Height), [.. Enumerable.Range(0, Width * Height).Select(i => (byte)(IsPadding(i) ? 255 : text[i] > 100 ? 101 : 100))]);
        image.SetString(s_centre, VR.DS, "101");
        image.SetString(s_width, VR.DS, "2");

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        var frame = PixelWork.Frame(context, 0);
        Assert.Single(Enumerable.Range(box.Top, box.Bottom - box.Top).SelectMany(y => frame[((y * Width) + box.Left)..((y * Width) + box.Right)]).Distinct());
    }

    [Fact]
    public void Finds_text_of_32_bits_beside_padding_that_lies_far_away()
    {
        var values = Enumerable.Range(0, Width * Height).Select(i => IsPadding(i) ? int.MinValue : text[i] * 4).ToArray();
        var image = PixelWork.Image(PixelWork.Gray(Width, Height, allocated: 32, stored: 32, isSigned: true), MemoryMarshal.AsBytes<int>(values).ToArray());
        image.SetString(s_centre, VR.DS, "400");
        image.SetString(s_width, VR.DS, "1000");

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        var frame = MemoryMarshal.Cast<byte, int>(PixelWork.Frame(context, 0)).ToArray();
        Assert.Single(Enumerable.Range(box.Top, box.Bottom - box.Top).SelectMany(y => frame[((y * Width) + box.Left)..((y * Width) + box.Right)]).Distinct());
    }

    [Theory]
    [InlineData("100", "2000")]
    [InlineData(null, null)]
    public void Looks_once_at_frames_that_hide_nothing(string? centre, string? width)
    {
        var image = Image(i => (16 * (i % Width)) - 1000 + text[i]);
        image.SetString(s_centre, VR.DS, centre ?? "");
        image.SetString(s_width, VR.DS, width ?? "");

        Assert.Empty(Looks(image));
    }

    [Fact]
    public void Passes_over_a_look_up_table_that_nobody_can_read()
    {
        var image = Image(i => (16 * (i % Width)) - 1000 + text[i]);
        var table = new DicomDataSet();
        table.Set(new ValueElement(new DicomTag(0x00283002), VR.US, new byte[] { 255, 255, 0, 0, 16, 0 }));
        table.Set(new ValueElement(new DicomTag(0x00283006), VR.OW, new byte[4]));
        image.Set(new SequenceElement(new DicomTag(0x00283010), [table]));

        Assert.Empty(Looks(image));
    }

    private static IEnumerable<object> Looks(DicomDataSet image)
    {
        var reader = FrameReader.Open(image, TransferSyntax.ExplicitLittleEndian);
        var samples = reader.Read(0);
        return FurtherLooks.For(image, reader).At(0, samples, FramePictures.Of(samples, reader.Format, palette: null)[0].Picture);
    }

    private static DicomDataSet Image(Func<int, int> value) => PixelWork.Image(
        PixelWork.Gray(Width, Height, allocated: 16, stored: 16, isSigned: true),
        MemoryMarshal.AsBytes<short>(Enumerable.Range(0, Width * Height).Select(i => (short)value(i)).ToArray()).ToArray());

    private static bool IsPadding(int pixel) => pixel / Width is < 16 or >= Height - 16 || pixel % Width is < 32 or >= Width - 16;

    private static short[] Samples(byte[] frame) => MemoryMarshal.Cast<byte, short>(frame).ToArray();

    private IEnumerable<short> Inside(byte[] frame)
    {
        var samples = Samples(frame);
        return Enumerable.Range(box.Top, box.Bottom - box.Top).SelectMany(y => samples[((y * Width) + box.Left)..((y * Width) + box.Right)]);
    }
}
