using Smi.Dicom;
using Smi.Dicom.Codecs;

namespace Smi.Deid.Tests.Pixels;

public sealed class OverlayTests
{
    private const int Width = 256;
    private const int Height = 160;

    [Fact]
    public void Clears_text_on_the_frame_of_an_overlay_that_has_it_and_leaves_the_others()
    {
        var (drawing, text) = (Drawing(), new BitmapText(Width, Height));
        text.Burn("ROBERTSON", 40, 40, 2, 1);
        var image = Image();
        image.SetString(new DicomTag(0x60040015), VR.IS, "2");
        SetPlane(image, 0x6004, [.. Packed(drawing), .. Packed(text.Pixels)]);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out var refusal);

        Assert.Null(refusal);
        var left = context.Edited.FindValue(new DicomTag(0x60043000))?.Value.ToMemory().ToArray() ?? [];
        Assert.Equal(Packed(drawing), left[..(Width * Height / 8)]);
        Assert.All(left[(Width * Height / 8)..], value => Assert.Equal(0, value));
        Assert.All(context.Report.Regions, region => Assert.Equal((1, (ushort?)0x6004), (region.Frame, region.Overlay)));
    }

    [Fact]
    public void Clears_text_in_a_big_endian_overlay()
    {
        var text = new BitmapText(Width, Height);
        text.Burn("ROBERTSON", 40, 40, 2, 1);
        var bits = Packed(text.Pixels);
        for (var i = 0; i < bits.Length; i += 2)
        {
            (bits[i], bits[i + 1]) = (bits[i + 1], bits[i]);
        }

        var image = Image();
        SetPlane(image, 0x6000, []);
        image.Set(new ValueElement(new DicomTag(0x60003000), VR.OW, new ByteSlice(bits), isBigEndian: true));

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitBigEndian, out _);

        Assert.All(context.Edited.FindValue(new DicomTag(0x60003000))?.Value.ToMemory().ToArray() ?? [1], value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(TransferSyntaxCodecs.RleLossless)]
    [InlineData(TransferSyntaxCodecs.JpegLosslessFirstOrder)]
    [InlineData(TransferSyntaxCodecs.JpegLsLossless)]
    [InlineData(TransferSyntaxCodecs.Jpeg2000Lossless)]
    public void Clears_an_overlay_in_the_unused_bits_of_compressed_frames_and_keeps_their_samples(string uid)
    {
        var text = new BitmapText(Width, Height);
        text.Burn("ROBERTSON", 40, 40, 2, 0x10);
        byte[] samples = [.. Enumerable.Range(0, Width * Height).SelectMany(i => new[] { (byte)(i % Width / 2), (byte)3 })];
        byte[] stored = [.. samples.Select((value, i) => i % 2 == 1 ? (byte)(value | text.Pixels[i / 2]) : value)];
        var format = PixelWork.Gray(Width, Height, allocated: 16, stored: 12);
        var syntax = TransferSyntax.Find(uid) ?? TransferSyntax.ExplicitLittleEndian;
        var image = PixelWork.Compressed(PixelWork.Image(format, stored), format, syntax, stored);
        image.SetUInt16(new DicomTag(0x60000100), 16);
        image.SetUInt16(new DicomTag(0x60000102), 12);

        using var context = PixelWork.Run(image, syntax, out var refusal);

        Assert.Null(refusal);
        Assert.Equal(uid, context.OutputSyntax.Uid);
        Assert.Equal(samples, PixelWork.Frame(context, 0));
        Assert.DoesNotContain(context.Edited.Elements, element => element.Tag.Group == 0x6000);
    }

    [Fact]
    public void Removes_an_overlay_whose_bitmap_is_shorter_than_it_declares()
    {
        var image = Image();
        SetPlane(image, 0x6000, new byte[100]);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.DoesNotContain(context.Edited.Elements, element => element.Tag.Group == 0x6000);
        Assert.Contains("overlay 6000 was removed", context.Report.Notes);
    }

    [Fact]
    public void Cuts_off_what_lies_behind_the_last_pixel_of_an_overlay_and_says_so()
    {
        var image = Image();
        SetPlane(image, 0x6000, [.. Packed(Drawing()), .. Packed(Drawing())]);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.Equal(Packed(Drawing()), context.Edited.FindValue(new DicomTag(0x60003000))?.Value.ToMemory().ToArray());
        Assert.Contains($"{Width * Height / 8} bytes behind the last pixel of overlay 6000 were cut off", context.Report.Notes);
    }

    [Fact]
    public void Removes_an_overlay_of_more_than_one_bit()
    {
        var image = Image();
        SetPlane(image, 0x6000, Drawing());
        image.SetUInt16(new DicomTag(0x60000100), 8);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.DoesNotContain(context.Edited.Elements, element => element.Tag.Group == 0x6000);
    }

    private static DicomDataSet Image() => PixelWork.Image(PixelWork.Gray(Width, Height), new byte[Width * Height]);

    private static void SetPlane(DicomDataSet image, ushort group, byte[] bits)
    {
        image.SetUInt16(new DicomTag(group, 0x0010), Height);
        image.SetUInt16(new DicomTag(group, 0x0011), Width);
        image.Set(new ValueElement(new DicomTag(group, 0x3000), VR.OW, bits));
    }

    /// <summary>A large disc.</summary>
    private static byte[] Drawing() =>
        [.. Enumerable.Range(0, Width * Height).Select(i => (byte)(Square((i % Width) - 128) + Square((i / Width) - 80) < 3600 ? 1 : 0))];

    private static int Square(int value) => value * value;

    private static byte[] Packed(byte[] pixels)
    {
        var bits = new byte[(pixels.Length + 7) / 8];
        for (var i = 0; i < pixels.Length; i++)
        {
            bits[i / 8] |= (byte)((pixels[i] & 1) << (i % 8));
        }

        return bits;
    }
}
