using Smi.Dicom.Frames;
using Smi.Dicom.Frames.Display;

namespace Smi.Dicom.Tests.Frames;

public sealed class FrameRendererTests
{
    [Fact]
    public void A_window_makes_black_gray_and_white()
    {
        var dataSet = Gray(12, false, 0, 1000, 2047, 3000, 4095);
        dataSet.SetString(new DicomTag(0x00281050), VR.DS, "2047.5");
        dataSet.SetString(new DicomTag(0x00281051), VR.DS, "2001");
        Assert.Equal([0, 0, 128, 249, 255], Render(dataSet));
    }

    [Fact]
    public void Without_a_window_the_range_in_use_is_shown() => Assert.Equal([0, 85, 255], Render(Gray(16, true, -100, 0, 200)));

    [Fact]
    public void Rescale_comes_before_the_window_and_MONOCHROME1_is_inverted()
    {
        var dataSet = Gray(16, false, 0, 1024, 2048);
        dataSet.SetString(new DicomTag(0x00281052), VR.DS, "-1024");
        dataSet.SetString(new DicomTag(0x00281053), VR.DS, "1");
        dataSet.SetString(new DicomTag(0x00281050), VR.DS, "0");
        dataSet.SetString(new DicomTag(0x00281051), VR.DS, "100");
        dataSet.SetString(new DicomTag(0x00281056), VR.CS, "LINEAR_EXACT");
        Assert.Equal([0, 128, 255], Render(dataSet));
        dataSet.SetString(DicomTags.PhotometricInterpretation, VR.CS, "MONOCHROME1");
        Assert.Equal([255, 128, 0], Render(dataSet));
    }

    [Fact]
    public void Overlay_bits_above_Bits_Stored_are_not_shown()
    {
        var dataSet = Gray(12, false, 0, 0xF000 | 4095, 4095);
        Assert.Equal([0, 255, 255], Render(dataSet));
    }

    [Fact]
    public void A_VOI_look_up_table_is_followed()
    {
        var dataSet = Gray(8, false, 0, 1, 2, 9);
        dataSet.Set(new SequenceElement(new DicomTag(0x00283010), [Table(VR.US, first: 0)]));
        Assert.Equal([10, 20, 200, 200], Render(dataSet));
    }

    [Theory]
    [InlineData(VR.SS)]
    [InlineData(VR.US)]
    public void A_VOI_look_up_table_may_begin_below_zero_where_samples_are_not_signed(VR vr)
    {
        var dataSet = Gray(8, false, 0, 1, 2, 9);
        dataSet.SetString(new DicomTag(0x00281052), VR.DS, "-2");
        dataSet.SetString(new DicomTag(0x00281053), VR.DS, "1");
        dataSet.Set(new SequenceElement(new DicomTag(0x00283010), [Table(vr, first: -2)]));
        Assert.Equal([10, 20, 200, 200], Render(dataSet));
    }

    [Fact]
    public void A_VOI_look_up_table_of_a_functional_group_holds_for_its_frame()
    {
        var dataSet = Gray(8, false, 0, 1, 2);
        var group = new DicomDataSet();
        group.Set(new SequenceElement(new DicomTag(0x00289132), [Holding(Table(VR.US, first: 0))]));
        dataSet.Set(new SequenceElement(new DicomTag(0x52009230), [FrameWindow("1", "2"), group]));
        var renderer = FrameRenderer.For(dataSet, FrameReader.Open(dataSet, TransferSyntax.ExplicitLittleEndian).Format);
        var samples = FrameReader.Open(dataSet, TransferSyntax.ExplicitLittleEndian).Read(0);
        Assert.Equal([0, 255, 255], renderer.Render(samples, 0));
        Assert.Equal([10, 20, 200], renderer.Render(samples, 1));
    }

    [Fact]
    public void Windows_of_functional_groups_hold_for_their_frame()
    {
        var dataSet = Gray(8, false, 0, 10, 20);
        dataSet.Set(new SequenceElement(new DicomTag(0x52009230), [FrameWindow("5", "2"), FrameWindow("15", "2")]));
        var renderer = FrameRenderer.For(dataSet, FrameReader.Open(dataSet, TransferSyntax.ExplicitLittleEndian).Format);
        var samples = FrameReader.Open(dataSet, TransferSyntax.ExplicitLittleEndian).Read(0);
        Assert.Equal([0, 255, 255], renderer.Render(samples, 0));
        Assert.Equal([0, 0, 255], renderer.Render(samples, 1));
    }

    [Fact]
    public void Palettes_of_16_bits_give_colour()
    {
        var dataSet = Palette();
        for (uint channel = 0; channel < 3; channel++)
        {
            dataSet.Set(new ValueElement(new DicomTag(0x00281201 + channel), VR.OW, new byte[] { 0, 0, 0, (byte)(channel == 1 ? 0xFF : 0), 0xFF, 0xFF }));
        }

        Assert.Equal([0, 0, 0, 0, 254, 0, 255, 255, 255, 255, 255, 255], Render(dataSet));
    }

    /// <summary>Entries in words; in bytes, as PS3.3 C.7.9.2 has those of 8 bits; these in words all the same; a segment that is copied, in words and in bytes.</summary>
    [Theory]
    [InlineData(16, new byte[] { 0, 0, 1, 0, 0, 0, 1, 0, 2, 0, 0xFE, 0xFF }, 0, 127, 255)]
    [InlineData(8, new byte[] { 0, 1, 0, 1, 2, 254 }, 0, 127, 254)]
    [InlineData(8, new byte[] { 0, 0, 1, 0, 0, 0, 1, 0, 2, 0, 254, 0 }, 0, 127, 254)]
    [InlineData(16, new byte[] { 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0xFF, 0xFF, 2, 0, 1, 0, 0, 0, 0, 0 }, 0, 255, 0)]
    [InlineData(8, new byte[] { 0, 1, 9, 0, 1, 100, 2, 1, 0, 0, 0, 0 }, 9, 100, 9)]
    public void Segmented_palettes_are_expanded(byte bits, byte[] segments, byte first, byte second, byte third)
    {
        var dataSet = Palette(bits);
        for (uint channel = 0; channel < 3; channel++)
        {
            dataSet.Set(new ValueElement(new DicomTag(0x00281221 + channel), VR.OW, segments));
        }

        Assert.Equal([first, second, third, third], Render(dataSet).Where((_, i) => i % 3 == 0));
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 3, 0, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0, 0, 1, 0, 0, 0, 2, 0, 9, 0, 6, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 1, 0, 0, 0, 2, 0, 9, 0, 0, 0, 1, 0 })]
    [InlineData(new byte[] { 0, 0, 2, 0, 0, 0, 0, 0 })]
    public void Segments_that_begin_with_a_line_point_at_themselves_or_outside_or_are_too_few_are_refused(byte[] segments)
    {
        var dataSet = Palette();
        for (uint channel = 0; channel < 3; channel++)
        {
            dataSet.Set(new ValueElement(new DicomTag(0x00281221 + channel), VR.OW, segments));
        }

        Assert.Throws<DicomFormatException>(() => Render(dataSet));
    }

    [Fact]
    public void YBR_becomes_RGB()
    {
        var dataSet = TestImages.DataSet(TestImages.Format(1, 3, 3, 8, "YBR_FULL"), 1);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[] { 0, 128, 128, 76, 85, 255, 255, 128, 128 }));
        Assert.Equal([0, 0, 0, 254, 0, 0, 255, 255, 255], Render(dataSet));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(32)]
    public void Black_grey_and_white_have_no_tint_in_YBR_of_any_depth(int bits)
    {
        var format = TestImages.Format(1, 3, 3, bits == 7 ? 8 : bits, "YBR_FULL") with { BitsStored = bits };
        var (largest, middle) = ((1L << bits) - 1, 1L << (bits - 1));
        var dataSet = TestImages.DataSet(format, 1);
        long[] samples = [0, middle, middle, middle, middle, middle, largest, middle, middle];
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OW, samples.SelectMany(value => BitConverter.GetBytes(value).Take(format.BytesPerSample)).ToArray()));
        var grey = (byte)(middle * 255 / largest);
        Assert.Equal([0, 0, 0, grey, grey, grey, 255, 255, 255], Render(dataSet));
    }

    [Fact]
    public void RGB_of_32_bits_is_shown()
    {
        var dataSet = TestImages.DataSet(TestImages.Format(1, 1, 3, 32, "RGB"), 1);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OW, new byte[] { 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x80 }));
        Assert.Equal([0, 255, 127], Render(dataSet));
    }

    [Fact]
    public void A_palette_that_is_missing_or_short_is_refused()
    {
        var dataSet = Palette();
        Assert.Throws<DicomFormatException>(() => Render(dataSet));
        dataSet.Set(new ValueElement(new DicomTag(0x00281201), VR.OW, new byte[] { 0, 0 }));
        Assert.Throws<DicomFormatException>(() => Render(dataSet));
    }

    /// <summary>10, 20, 200 of 8 bits.</summary>
    private static DicomDataSet Table(VR vr, short first)
    {
        var table = new DicomDataSet();
        table.Set(new ValueElement(new DicomTag(0x00283002), vr, new byte[] { 3, 0, (byte)first, (byte)(first >> 8), 8, 0 }));
        table.Set(new ValueElement(new DicomTag(0x00283006), VR.OW, new byte[] { 10, 0, 20, 0, 200, 0 }));
        return table;
    }

    private static DicomDataSet Holding(DicomDataSet table)
    {
        var holder = new DicomDataSet();
        holder.Set(new SequenceElement(new DicomTag(0x00283010), [table]));
        return holder;
    }

    private static DicomDataSet FrameWindow(string centre, string width)
    {
        var window = new DicomDataSet();
        window.SetString(new DicomTag(0x00281050), VR.DS, centre);
        window.SetString(new DicomTag(0x00281051), VR.DS, width);
        var group = new DicomDataSet();
        group.Set(new SequenceElement(new DicomTag(0x00289132), [window]));
        return group;
    }

    private static DicomDataSet Palette(byte bits = 16)
    {
        var dataSet = TestImages.DataSet(TestImages.Format(2, 2, 1, 8, "PALETTE COLOR"), 1);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[] { 0, 1, 2, 9 }));
        for (uint channel = 0; channel < 3; channel++)
        {
            dataSet.Set(new ValueElement(new DicomTag(0x00281101 + channel), VR.US, new byte[] { 3, 0, 0, 0, bits, 0 }));
        }

        return dataSet;
    }

    private static DicomDataSet Gray(int bitsStored, bool isSigned, params int[] values)
    {
        var format = TestImages.Format(1, values.Length, 1, 16, "MONOCHROME2") with { BitsStored = bitsStored, IsSigned = isSigned };
        var dataSet = TestImages.DataSet(format, 1);
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OW, values.SelectMany(v => new[] { (byte)v, (byte)(v >> 8) }).ToArray()));
        return dataSet;
    }

    private static byte[] Render(DicomDataSet dataSet)
    {
        var reader = FrameReader.Open(dataSet, TransferSyntax.ExplicitLittleEndian);
        return FrameRenderer.For(dataSet, reader.Format).Render(reader.Read(0), 0);
    }
}
