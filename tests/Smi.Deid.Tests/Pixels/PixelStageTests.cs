using System.Buffers.Binary;
using Smi.Deid.Pixels;
using Smi.Dicom;
using Smi.Dicom.Codecs.JpegLs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

public sealed class PixelStageTests
{
    private const int Width = 256;
    private const int Height = 160;
    private const byte Background = 60;
    private const byte Ink = 220;

    [Fact]
    public void Blanks_text_and_leaves_pixels_away_from_it_alone()
    {
        var picture = Picture("ROBERTSON", out var box);
        using var context = PixelWork.Run(PixelWork.Image(PixelWork.Gray(Width, Height), picture), TransferSyntax.ExplicitLittleEndian, out var refusal);
        Assert.Null(refusal);
        var result = PixelWork.Frame(context, 0);
        Assert.DoesNotContain(Ink, Inside(result, box));
        Assert.Equal(picture.AsSpan(Width * 120), result.AsSpan(Width * 120));
        Assert.Equal("NO", context.Edited.GetString(DicomTags.BurnedInAnnotation));
        Assert.All(context.Report.Regions, region => Assert.Equal("detector", region.Source));
    }

    [Fact]
    public void Keeps_the_element_of_an_image_without_text()
    {
        var picture = new BitmapText(Width, Height).WithNoise(Background, 8, 1).Pixels;
        using var context = PixelWork.Run(PixelWork.Image(PixelWork.Gray(Width, Height), picture), TransferSyntax.ExplicitLittleEndian, out _);
        Assert.Same(context.Original.Find(DicomTags.PixelData), context.Edited.Find(DicomTags.PixelData));
        Assert.Equal("examined", context.Report.Pixels);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.5")]
    [InlineData("1.2.840.10008.1.2.4.70")]
    [InlineData("1.2.840.10008.1.2.4.80")]
    public void Writes_lossless_syntaxes_back_in_themselves(string uid)
    {
        var syntax = TransferSyntax.Find(uid) ?? TransferSyntax.ExplicitLittleEndian;
        var format = PixelWork.Gray(Width, Height);
        var picture = Picture("ROBERTSON", out var box);
        var image = PixelWork.Compressed(PixelWork.Image(format, picture), format, syntax, picture);
        using var context = PixelWork.Run(image, syntax, out var refusal);
        Assert.Null(refusal);
        Assert.Equal(uid, context.OutputSyntax.Uid);
        var result = PixelWork.Frame(context, 0);
        Assert.DoesNotContain(Ink, Inside(result, box));
        Assert.Equal(picture.AsSpan(Width * 120), result.AsSpan(Width * 120));
    }

    [Theory]
    [InlineData("MONOCHROME1", true)]
    [InlineData("MONOCHROME2", false)]
    public void Blanks_with_what_a_viewer_shows_as_black(string interpretation, bool isHighBlack)
    {
        var picture = Picture("ROBERTSON", out var box);
        using var context = PixelWork.Run(PixelWork.Image(PixelWork.Gray(Width, Height, interpretation), picture), TransferSyntax.ExplicitLittleEndian, out _);
        var expected = isHighBlack ? picture.Max() : picture.Min();
        Assert.All(Inside(PixelWork.Frame(context, 0), box), value => Assert.Equal(expected, value));
    }

    [Theory]
    [InlineData("MONOCHROME1", false)]
    [InlineData("MONOCHROME2", false)]
    [InlineData("MONOCHROME2", true)]
    public void Blanks_where_the_stored_bits_are_the_upper_ones_of_a_sample(string interpretation, bool isSigned)
    {
        var picture = Picture("ROBERTSON", out var box);
        var format = PixelWork.Gray(Width, Height, interpretation, allocated: 16, stored: 12, isSigned) with { HighBit = 15 };
        int Sample(byte value) => ((8 * value) - (isSigned ? 1000 : 0)) << 4;

        using var context = PixelWork.Run(PixelWork.Image(format, Words(picture, value => Sample((byte)value))), TransferSyntax.ExplicitLittleEndian, out _);

        var expected = (short)Sample(interpretation == "MONOCHROME1" ? picture.Max() : picture.Min());
        var result = PixelWork.Frame(context, 0);
        Assert.Equal(expected, BinaryPrimitives.ReadInt16LittleEndian(result.AsSpan(2 * ((box.Top * Width) + box.Left))));
    }

    [Fact]
    public void Blanks_with_a_value_of_the_frame_where_a_sigmoid_shows_it_as_black()
    {
        var format = PixelWork.Gray(Width, Height, allocated: 16, stored: 16, isSigned: true);
        var text = new BitmapText(Width, Height).WithNoise(60, 8, 1);
        var box = text.Burn("ROBERTSON", 30, 30, 3, 220);
        var image = PixelWork.Image(format, [.. text.Pixels.SelectMany(value => BitConverter.GetBytes((short)((10 * value) - 1000)))]);
        image.SetString(new DicomTag(0x00281050), VR.DS, "300");
        image.SetString(new DicomTag(0x00281051), VR.DS, "200");
        image.SetString(new DicomTag(0x00281056), VR.CS, "SIGMOID");

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        var blank = BitConverter.ToInt16(PixelWork.Frame(context, 0), 2 * ((box.Top * Width) + box.Left));
        Assert.Equal((10 * text.Pixels.Min()) - 1000, blank);
    }

    [Fact]
    public void Blanks_signed_samples_with_the_lower_end_of_the_window()
    {
        var picture = Picture("ROBERTSON", out var box);
        var image = PixelWork.Image(PixelWork.Gray(Width, Height, allocated: 16, stored: 16, isSigned: true), Words(picture, value => value - 100));
        image.SetString(new DicomTag(0x00281050), VR.DS, "40");
        image.SetString(new DicomTag(0x00281051), VR.DS, "400");
        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);
        var result = PixelWork.Frame(context, 0);
        var at = 2 * ((((box.Top + box.Bottom) / 2) * Width) + ((box.Left + box.Right) / 2));
        Assert.Equal(-160, BinaryPrimitives.ReadInt16LittleEndian(result.AsSpan(at)));
    }

    [Fact]
    public void Blanks_on_every_frame_what_most_frames_show()
    {
        var clear = Picture("ROBERTSON", out var box);
        var drowned = new BitmapText(Width, Height).WithNoise(Background, 8, 9).Pixels;
        using var context = PixelWork.Run(
            PixelWork.Image(PixelWork.Gray(Width, Height), clear, [.. clear.Select(p => (byte)(p / 2))], drowned), TransferSyntax.ExplicitLittleEndian, out _);
        Assert.Single(Inside(PixelWork.Frame(context, 2), box).Distinct());
    }

    [Fact]
    public void Clears_what_stands_in_unused_bits()
    {
        var picture = new BitmapText(Width, Height).WithNoise(Background, 8, 2).Pixels;
        var format = PixelWork.Gray(Width, Height, allocated: 16, stored: 12);
        using var context = PixelWork.Run(PixelWork.Image(format, Words(picture, value => value | 0x4000)), TransferSyntax.ExplicitLittleEndian, out _);
        Assert.Equal(Words(picture, value => value), PixelWork.Frame(context, 0));
    }

    [Fact]
    public void Clears_the_unused_bit_of_bytes_and_keeps_the_signs_of_words()
    {
        var picture = new BitmapText(Width, Height).WithNoise(Background, 8, 2).Pixels;
        using var bytes = PixelWork.Run(
            PixelWork.Image(PixelWork.Gray(Width, Height, stored: 7), [.. picture.Select(value => (byte)(value | 0x80))]), TransferSyntax.ExplicitLittleEndian, out _);
        Assert.Equal(picture, PixelWork.Frame(bytes, 0));

        var signed = PixelWork.Image(PixelWork.Gray(Width, Height, allocated: 16, stored: 12, isSigned: true), Words(picture, value => value - 64));
        using var words = PixelWork.Run(signed, TransferSyntax.ExplicitLittleEndian, out _);
        Assert.Same(words.Original.Find(DicomTags.PixelData), words.Edited.Find(DicomTags.PixelData));
    }

    [Fact]
    public void Removes_pixels_in_items_of_sequences_at_any_depth()
    {
        var image = PixelWork.Image(PixelWork.Gray(Width, Height), new BitmapText(Width, Height).Pixels);
        var icon = PixelWork.Image(PixelWork.Gray(8, 8), new byte[64]);
        var inner = new DicomDataSet();
        inner.Set(new SequenceElement(new DicomTag(0x20200110), [icon]));
        inner.Set(new SequenceElement(DicomTags.IconImageSequence, [icon]));
        image.Set(new SequenceElement(new DicomTag(0x00081140), [inner]));
        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);
        var item = Assert.Single(context.Edited.FindSequence(new DicomTag(0x00081140))?.Items ?? []);
        Assert.Empty(item.Elements);
        Assert.Contains("icon images were removed", context.Report.Notes);
    }

    [Fact]
    public void Takes_comments_out_of_the_frames_of_an_image_that_is_not_examined()
    {
        var syntax = TransferSyntax.Find("1.2.840.10008.1.2.4.80") ?? TransferSyntax.ExplicitLittleEndian;
        var format = PixelWork.Gray(Width, Height);
        var picture = Picture("ROBERTSON", out _);
        var codestream = new JpegLsEncoder().Encode(picture, format);
        byte[] commented = [.. codestream[..2], 0xFF, 0xFE, 0, 8, .. "SMITH "u8, .. codestream[2..]];
        var image = PixelWork.Image(format, picture);
        image.SetString(DicomTags.SopClassUid, VR.UI, "1.2.840.10008.5.1.4.1.1.481.2");
        image.Set(new EncapsulatedElement(DicomTags.PixelData, [new ByteSlice(Array.Empty<byte>()), new ByteSlice(commented)]));
        using var context = PixelWork.Run(image, syntax, out var refusal);
        Assert.Null(refusal);
        Assert.Equal(codestream, FrameReader.Open(context.Edited, context.OutputSyntax).ReadCodestream(0).ToArray());
    }

    [Fact]
    public void Finds_coloured_text_that_is_as_bright_as_what_is_beneath()
    {
        var text = Picture("ROBERTSON", out var box, noise: 0);
        var colour = text.SelectMany(p => p == Ink ? (byte[])[200, 60, 60] : [40, 124, 60]).ToArray();
        var format = PixelWork.Gray(Width, Height) with { SamplesPerPixel = 3, PhotometricInterpretation = "RGB" };
        using var context = PixelWork.Run(PixelWork.Image(format, colour), TransferSyntax.ExplicitLittleEndian, out _);
        var reds = PixelWork.Frame(context, 0).Where((_, i) => i % 3 == 0).ToArray();
        Assert.DoesNotContain((byte)200, Inside(reds, box));
    }

    [Fact]
    public void Clears_text_in_an_overlay_and_says_so()
    {
        var image = PixelWork.Image(PixelWork.Gray(Width, Height), new BitmapText(Width, Height).WithNoise(Background, 8, 3).Pixels);
        var text = new BitmapText(Width, Height);
        text.Burn("SMITH", 40, 40, 2, 1);
        image.SetUInt16(new DicomTag(0x60000010), Height);
        image.SetUInt16(new DicomTag(0x60000011), Width);
        image.Set(new ValueElement(new DicomTag(0x60003000), VR.OW, Packed(text.Pixels)));
        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);
        var left = context.Edited.FindValue(new DicomTag(0x60003000))?.Value.ToMemory().ToArray() ?? [];
        Assert.NotEmpty(left);
        Assert.All(left, value => Assert.Equal(0, value));
        Assert.Contains(context.Report.Regions, region => region.Overlay == 0x6000);
    }

    [Fact]
    public void Removes_an_overlay_group_whose_bitmap_is_gone()
    {
        var image = PixelWork.Image(PixelWork.Gray(Width, Height), new BitmapText(Width, Height).Pixels);
        image.SetUInt16(new DicomTag(0x60000010), Height);
        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);
        Assert.False(context.Edited.Contains(new DicomTag(0x60000010)));
    }

    [Fact]
    public void Refuses_a_transfer_syntax_that_it_cannot_decode()
    {
        var syntax = TransferSyntax.Find("1.2.840.10008.1.2.4.100") ?? TransferSyntax.ExplicitLittleEndian;
        var image = PixelWork.Image(PixelWork.Gray(Width, Height), new byte[Width * Height]);
        image.Set(new EncapsulatedElement(DicomTags.PixelData, [new ByteSlice(Array.Empty<byte>()), new ByteSlice(new byte[64])]));
        Assert.Throws<DicomFormatException>(() => PixelWork.Run(image, syntax, out _));
    }

    [Fact]
    public void Passes_a_dose_grid_without_looking()
    {
        var image = PixelWork.Image(PixelWork.Gray(Width, Height), Picture("SMITH", out _));
        image.SetString(DicomTags.SopClassUid, VR.UI, "1.2.840.10008.5.1.4.1.1.481.2");
        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out var refusal);
        Assert.Null(refusal);
        Assert.Equal("exempt", context.Report.Pixels);
    }

    [Theory]
    [InlineData(WholeImageDecision.Refuse)]
    [InlineData(WholeImageDecision.Redact)]
    public void Decides_for_the_whole_image_when_it_is_mostly_text(WholeImageDecision decision)
    {
        var page = new BitmapText(Width, Height);
        for (var line = 0; line < 7; line++)
        {
            page.Burn("ROBERTSON 1952 HAT", 10, 4 + (22 * line), 2, Ink);
        }

        using var context = PixelWork.Run(
            PixelWork.Image(PixelWork.Gray(Width, Height), page.Pixels), TransferSyntax.ExplicitLittleEndian, out var refusal, new PixelPolicy { WholeImage = decision });
        if (decision == WholeImageDecision.Refuse)
        {
            Assert.NotNull(refusal);
        }
        else
        {
            Assert.Single(PixelWork.Frame(context, 0).Distinct());
        }
    }

    private static byte[] Picture(string text, out PixelBox box, int noise = 8)
    {
        var picture = new BitmapText(Width, Height).WithNoise(Background, noise, 5);
        var (left, top, right, bottom) = picture.Burn(text, 40, 40, 2, Ink);
        box = new PixelBox(left, top, right, bottom);
        return picture.Pixels;
    }

    private static IEnumerable<byte> Inside(byte[] picture, PixelBox box) =>
        from y in Enumerable.Range(box.Top, box.Height)
        from x in Enumerable.Range(box.Left, box.Width)
        select picture[(y * Width) + x];

    private static byte[] Words(byte[] picture, Func<int, int> value)
    {
        var words = new byte[2 * picture.Length];
        for (var i = 0; i < picture.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(words.AsSpan(2 * i), (short)value(picture[i]));
        }

        return words;
    }

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
