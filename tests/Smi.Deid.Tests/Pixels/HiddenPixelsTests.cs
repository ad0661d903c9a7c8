using Smi.Dicom;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Places in which a picture can stand where one look at Pixel Data does not meet it.</summary>
public sealed class HiddenPixelsTests
{
    private const int Width = 256;
    private const int Height = 160;
    private static readonly DicomTag s_copy = new(0x7FE20010);

    [Theory]
    [InlineData(0x7FE00010u)]
    [InlineData(0x00280010u)]
    [InlineData(0x60003000u)]
    public void Refuses_what_is_about_pixels_and_stands_there_twice(uint tag)
    {
        var image = Image(Plain());
        image.Set(new ValueElement(new DicomTag(0x60003000), VR.OW, new byte[Width * Height / 8]));
        image.Set(new ValueElement(s_copy, VR.OW, new byte[Width * Height]));
        image.Rewrite(element => element.Tag == s_copy ? new ValueElement(new DicomTag(tag), VR.OW, new byte[Width * Height]) : element);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out var refusal);

        Assert.Equal($"{new DicomTag(tag)} stands there 2 times", refusal?.Reason);
    }

    [Fact]
    public void Refuses_pixels_with_the_VR_of_a_text()
    {
        var image = Image(Plain());
        image.Set(new ValueElement(DicomTags.PixelData, VR.UT, Plain()));

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out var refusal);

        Assert.Equal("Pixel Data have the VR UT", refusal?.Reason);
    }

    [Theory]
    [InlineData(0x7FE20010u)]
    [InlineData(0x7F000010u)]
    [InlineData(0x7FE00020u)]
    [InlineData(0x7FE00001u)]
    [InlineData(0x7FE00003u)]
    public void Removes_copies_of_pixels_and_says_so(uint tag)
    {
        var image = Image(Plain());
        image.Set(new ValueElement(new DicomTag(tag), VR.OW, Picture()));

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out var refusal);

        Assert.Null(refusal);
        Assert.False(context.Edited.Contains(new DicomTag(tag)));
        Assert.True(context.Edited.Contains(DicomTags.PixelData));
        Assert.Contains("copies of pixels outside of Pixel Data were removed", context.Report.Notes);
    }

    [Fact]
    public void Removes_a_picture_that_calls_itself_an_offset_table_where_there_is_no_other()
    {
        var image = Image(Plain());
        image.Remove(DicomTags.PixelData);
        image.Set(new ValueElement(DicomTags.ExtendedOffsetTable, VR.OB, Picture()));

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.False(context.Edited.Contains(DicomTags.ExtendedOffsetTable));
    }

    [Theory]
    [InlineData(0x7FE00010u)]
    [InlineData(0x7FE00008u)]
    [InlineData(0x7FE20010u)]
    [InlineData(0x60003000u)]
    public void Removes_sequences_with_pixels_or_overlays_in_their_items_however_deep(uint tag)
    {
        var image = Image(Plain());
        var (inner, outer) = (new DicomDataSet(), new DicomDataSet());
        inner.Set(new ValueElement(new DicomTag(tag), VR.OW, Picture()));
        outer.Set(new SequenceElement(new DicomTag(0x0040A170), [inner]));
        image.Set(new SequenceElement(new DicomTag(0x00081140), [outer]));

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        var kept = context.Edited.FindSequence(new DicomTag(0x00081140));
        Assert.NotNull(kept);
        Assert.Empty(Assert.Single(kept.Items).Elements);
    }

    [Theory]
    [InlineData(0x00880200u)]
    [InlineData(0x00081140u)]
    public void Removes_bytes_that_should_be_a_sequence(uint tag)
    {
        var image = Image(Plain());
        image.Set(new ValueElement(new DicomTag(tag), VR.OB, Picture()));

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.False(context.Edited.Contains(new DicomTag(tag)));
    }

    [Theory]
    [InlineData("", 4, true)]
    [InlineData("2", 3, true)]
    [InlineData("3", 3, false)]
    public void Refuses_native_pixels_of_more_frames_than_are_declared(string declared, int frames, bool isRefused)
    {
        var image = Image([.. Enumerable.Range(0, frames).Select(_ => Plain())]);
        image.SetString(DicomTags.NumberOfFrames, VR.IS, declared);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.Equal(isRefused, new Smi.Deid.Pixels.PixelDataExtentStage().Apply(context, CancellationToken.None) is not null);
    }

    [Fact]
    public void Finds_text_of_a_palette_that_is_as_bright_as_what_is_beneath()
    {
        // A quarter red, five eighths green: both look equally bright.
        var image = WithPalette(index => index == 1 ? (62000, 0, 0) : index == 2 ? (0, 24800, 0) : (0, 0, 0), out var box);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.Single(Inside(PixelWork.Frame(context, 0), box).Distinct());
    }

    [Fact]
    public void Finds_text_in_values_that_a_palette_shows_in_the_same_colour()
    {
        var image = WithPalette(index => index > 0 ? (30000, 30000, 30000) : (0, 0, 0), out var box);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.Single(Inside(PixelWork.Frame(context, 0), box).Distinct());
    }

    private static DicomDataSet Image(params byte[][] frames) => PixelWork.Image(PixelWork.Gray(Width, Height), frames);

    private static byte[] Plain() => new BitmapText(Width, Height).WithNoise(60, 8, 1).Pixels;

    private static byte[] Picture()
    {
        var text = new BitmapText(Width, Height).WithNoise(60, 8, 1);
        text.Burn("ROBERTSON", 30, 30, 3, 220);
        return text.Pixels;
    }

    /// <summary>Text of value 2 on value 1; value 0, that nothing has, is the darkest.</summary>
    private static DicomDataSet WithPalette(Func<int, (int Red, int Green, int Blue)> colour, out (int Left, int Top, int Right, int Bottom) box)
    {
        var text = new BitmapText(Width, Height).WithNoise(1, 0, 1);
        box = text.Burn("ROBERTSON", 30, 30, 3, 2);
        var image = PixelWork.Image(PixelWork.Gray(Width, Height, "PALETTE COLOR"), text.Pixels);
        for (uint channel = 0; channel < 3; channel++)
        {
            var entries = Enumerable.Range(0, 256).Select(colour).Select(shown => (ushort)(channel == 0 ? shown.Red : channel == 1 ? shown.Green : shown.Blue));
            image.Set(new ValueElement(new DicomTag(0x00281101 + channel), VR.US, Bytes([256, 0, 16])));
            image.Set(new ValueElement(new DicomTag(0x00281201 + channel), VR.OW, Bytes(entries)));
        }

        return image;
    }

    private static byte[] Bytes(IEnumerable<ushort> words) => [.. words.SelectMany(BitConverter.GetBytes)];

    private static IEnumerable<byte> Inside(byte[] frame, (int Left, int Top, int Right, int Bottom) box) =>
        from y in Enumerable.Range(box.Top, box.Bottom - box.Top)
        from x in Enumerable.Range(box.Left, box.Right - box.Left)
        select frame[(y * Width) + x];
}
