using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Reading;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Images whose frames are tiles of one large picture, as slides are stored.</summary>
public sealed class TiledImageTests
{
    private const int Across = 3;
    private const int Down = 2;
    private const int Side = 256;
    private const byte Ground = 60;
    private const byte Ink = 220;

    /// <summary>Tiles in order, or in any order with their places in functional groups.</summary>
    [Theory]
    [InlineData("TILED_FULL", 0)]
    [InlineData("TILED_FULL", 2)]
    [InlineData("TILED_SPARSE", 0)]
    public void Text_across_the_edges_of_tiles_is_blanked_on_all_of_them(string organization, int missing)
    {
        var slide = new BitmapText(Across * Side, Down * Side).WithNoise(Ground, 3, 1);
        // The upper line of each letter lies on one tile, the rest on the next.
        slide.Burn("ROBERTSON 1959", 100, Side - 6, 4, Ink);

        using var context = PixelWork.Run(Tiled(slide, organization, missing), TransferSyntax.ExplicitLittleEndian, out var refusal);

        Assert.Null(refusal);
        Assert.All(Enumerable.Range(0, (Across * Down) - missing), frame => Assert.DoesNotContain(Ink, PixelWork.Frame(context, frame)));
    }

    [Fact]
    public void What_several_tiles_show_is_not_blanked_on_the_others()
    {
        var slide = new BitmapText(Across * Side, Down * Side).WithNoise(Ground, 3, 1);
        slide.Burn("ROBERTSON", 8, 50, 2, Ink);
        slide.Burn("ROBERTSON", Side + 8, 50, 2, Ink);
        var image = Tiled(slide, "TILED_FULL", 0);

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out var refusal);

        Assert.Null(refusal);
        Assert.All([0, 1], frame => Assert.DoesNotContain(Ink, PixelWork.Frame(context, frame)));
        Assert.All(Enumerable.Range(2, (Across * Down) - 2), frame => Assert.Equal(Tile(slide, frame), PixelWork.Frame(context, frame)));
    }

    [Fact]
    public void No_text_is_allowed_of_which_a_tile_may_show_a_part()
    {
        var slide = new BitmapText(Across * Side, Down * Side).WithNoise(Ground, 3, 1);
        slide.Burn("ROBERTSON", 8, 50, 2, Ink);
        var policy = new PixelPolicy { Reading = new ReadingPolicy { Allowed = OcrAllowList.Parse("list", ["ROBERTS"]) } };

        using var context = PixelWork.Run(Tiled(slide, "TILED_FULL", 0), TransferSyntax.ExplicitLittleEndian, out _, policy, textReader: new PartReader());

        Assert.Empty(context.Report.Kept);
        Assert.Contains("text was not read, for what a tile shows may be a part of it", context.Report.Notes);
        Assert.DoesNotContain(Ink, PixelWork.Frame(context, 0));
    }

    /// <param name="missing">Tiles in front of those of this part of a concatenation.</param>
    private static DicomDataSet Tiled(BitmapText slide, string organization, int missing)
    {
        var order = Enumerable.Range(missing, (Across * Down) - missing).ToArray();
        if (organization == "TILED_SPARSE")
        {
            Array.Reverse(order);
        }

        var image = PixelWork.Image(PixelWork.Gray(Side, Side), [.. order.Select(index => Tile(slide, index))]);
        image.SetString(new DicomTag(0x00209311), VR.CS, organization);
        if (organization == "TILED_SPARSE")
        {
            image.Set(new SequenceElement(new DicomTag(0x52009230), [.. order.Select(Place)]));
            return image;
        }

        image.Set(Long(0x00480006, slide.Width));
        image.Set(Long(0x00480007, slide.Height));
        image.Set(Long(0x00209228, missing));
        return image;
    }

    private static byte[] Tile(BitmapText slide, int index) =>
        [.. Enumerable.Range(0, Side).SelectMany(y => slide.Pixels.AsSpan((((index / Across * Side) + y) * slide.Width) + (index % Across * Side), Side).ToArray())];

    private static DicomDataSet Place(int index)
    {
        var place = new DicomDataSet();
        place.Set(Long(0x0048021E, (index % Across * Side) + 1));
        place.Set(Long(0x0048021F, (index / Across * Side) + 1));
        var group = new DicomDataSet();
        group.Set(new SequenceElement(new DicomTag(0x0048021A), [place]));
        return group;
    }

    private static ValueElement Long(uint tag, int value) => new(new DicomTag(tag), VR.UL, BitConverter.GetBytes(value));

    /// <summary>Reads of every region what the list allows.</summary>
    private sealed class PartReader : ITextReader
    {
        public ReadText Read(GrayImage picture, PixelBox box) => new() { Text = "ROBERTS", Confidence = 99, IsComplete = true };
    }
}
