using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

/// <summary>What rules and policy do to images in which the detector finds nothing.</summary>
public sealed class PixelRuleTests
{
    private const int Width = 200;
    private const int Height = 120;

    [Fact]
    public void Blanks_the_areas_of_a_rule_by_the_original_attributes_and_names_it_in_the_report()
    {
        var picture = Slope(1);
        var image = Image(picture);
        image.SetString(DicomTags.Manufacturer, VR.LO, "ACME");
        var rules = RegionRules.Parse("hospital.script", "Screen\n{ Manufacturer.contains(\"ACME\") } (10,20,30,15)");

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out var refusal, new PixelPolicy { Rules = rules });

        Assert.Null(refusal);
        AssertBlanked(picture, PixelWork.Frame(context, 0), [new PixelBox(10, 20, 41, 36)]);
        Assert.Equal(
            [new RedactedRegion(0, null, 10, 20, 41, 36, "rule hospital.script:2 Screen")], context.Report.Regions);
    }

    [Fact]
    public void Blanks_what_lies_outside_of_several_ultrasound_regions()
    {
        var picture = Slope(2);
        var image = Image(picture);
        SetUltrasoundRegions(image, (20, 10, 99, 109), (120, 30, 189, 79));

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        var kept = new[] { new PixelBox(20, 10, 100, 110), new PixelBox(120, 30, 190, 80) };
        var result = PixelWork.Frame(context, 0);
        Assert.All(Pixels(), pixel => Assert.Equal(
            kept.Any(box => Holds(box, pixel)) ? picture[pixel] : picture.Min(), result[pixel]));
        Assert.All(context.Report.Regions, region => Assert.Equal("outside the ultrasound regions", region.Source));
    }

    [Fact]
    public void Leaves_the_outside_of_ultrasound_regions_to_the_detector_when_the_policy_says_so()
    {
        var image = Image(Slope(3));
        SetUltrasoundRegions(image, (20, 10, 99, 109));

        using var context = PixelWork.Run(
            image, TransferSyntax.ExplicitLittleEndian, out _, new PixelPolicy { BlanksOutsideUltrasoundRegions = false });

        Assert.Same(context.Original.Find(DicomTags.PixelData), context.Edited.Find(DicomTags.PixelData));
    }

    [Theory]
    [InlineData(99, 10, 20, 109)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(10, 20, 99, 20)]
    public void Does_not_follow_ultrasound_regions_of_which_none_makes_sense_and_says_so(int left, int top, int right, int bottom)
    {
        var image = Image(Slope(4));
        SetUltrasoundRegions(image, (left, top, right, bottom));

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.Empty(context.Report.Regions);
        Assert.Contains(context.Report.Notes, note => note.Contains("holds no region of the image", StringComparison.Ordinal));
    }

    [Fact]
    public void Blanks_a_rectangle_on_every_frame_when_the_image_has_not_the_one_that_it_names()
    {
        byte[][] frames = [Slope(5), Slope(6)];
        var image = PixelWork.Image(PixelWork.Gray(Width, Height), frames);
        var rules = RegionRules.Parse("rects.csv", "filename,frame,overlay,left,top,right,bottom\nscan.dcm,2,-1,0,0,49,29\n");

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _, new PixelPolicy { Rules = rules }, "/archive/scan.dcm");

        AssertBlanked(frames[0], PixelWork.Frame(context, 0), [new PixelBox(0, 0, 50, 30)]);
        AssertBlanked(frames[1], PixelWork.Frame(context, 1), [new PixelBox(0, 0, 50, 30)]);
        Assert.Contains("rule rects.csv:2 rectangle names a frame that the image has not, and was followed on every frame", context.Report.Notes);
    }

    [Fact]
    public void Blanks_a_rectangle_of_the_table_on_its_frame_only()
    {
        byte[][] frames = [Slope(5), Slope(6), Slope(7)];
        var image = PixelWork.Image(PixelWork.Gray(Width, Height), frames);
        var rules = RegionRules.Parse("rects.csv", "filename,frame,overlay,left,top,right,bottom\nscan.dcm,1,-1,0,0,49,29\n");

        using var context = PixelWork.Run(
            image, TransferSyntax.ExplicitLittleEndian, out _, new PixelPolicy { Rules = rules }, "/archive/scan.dcm");

        Assert.Equal(frames[0], PixelWork.Frame(context, 0));
        AssertBlanked(frames[1], PixelWork.Frame(context, 1), [new PixelBox(0, 0, 50, 30)]);
        Assert.Equal(frames[2], PixelWork.Frame(context, 2));
    }

    [Fact]
    public void Says_that_a_rule_lies_outside_of_the_image()
    {
        var rules = RegionRules.Parse("far.script", "Far\n{ Rows.equals(\"120\") } (500,500,10,10)");

        using var context = PixelWork.Run(Image(Slope(8)), TransferSyntax.ExplicitLittleEndian, out _, new PixelPolicy { Rules = rules });

        Assert.Empty(context.Report.Regions);
        Assert.Contains("rule far.script:2 Far (clipped to the image) lies outside of the image", context.Report.Notes);
    }

    [Fact]
    public void Clears_the_areas_of_a_rule_in_every_overlay_where_it_lies_on_the_image()
    {
        var image = Image(Slope(9));
        SetOverlay(image, 0x6002, Width, Height, (1, 1));
        SetOverlay(image, 0x6004, 50, 40, (11, 21));
        var rules = RegionRules.Parse("r", "Box\n{ Rows.equals(\"120\") } (30,20,20,10)");

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _, new PixelPolicy { Rules = rules });

        Assert.Contains(new RedactedRegion(0, 0x6002, 30, 20, 51, 31, "rule r:2 Box"), context.Report.Regions);
        Assert.Contains(new RedactedRegion(0, 0x6004, 10, 10, 31, 21, "rule r:2 Box"), context.Report.Regions);
        Assert.Contains(new RedactedRegion(0, 0x6004, 30, 20, 50, 31, "rule r:2 Box"), context.Report.Regions);
        var bits = context.Edited.FindValue(new DicomTag(0x60043000))?.Value.ToMemory().ToArray() ?? [];
        Assert.All(Enumerable.Range(0, 2000), i => Assert.Equal(
            !Holds(new PixelBox(10, 10, 31, 21), i, 50) && !Holds(new PixelBox(30, 20, 50, 31), i, 50), (bits[i / 8] >> (i % 8) & 1) == 1));
    }

    [Fact]
    public void Removes_overlays_when_the_policy_says_so()
    {
        var image = Image(Slope(10));
        SetOverlay(image, 0x6000, Width, Height, (1, 1));

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _, new PixelPolicy { RemovesOverlays = true });

        Assert.DoesNotContain(context.Edited.Elements, element => element.Tag.Group == 0x6000);
    }

    [Theory]
    [InlineData("MR", "ORIGINAL", null, "exempt")]
    [InlineData("MR", "DERIVED", null, "examined")]
    [InlineData("CT", "ORIGINAL", null, "examined")]
    [InlineData("CT", "ORIGINAL", "NO", "exempt")]
    [InlineData("US", "ORIGINAL", "NO", "examined")]
    public void Examines_what_the_first_fitting_rule_says_and_all_else(string modality, string imageType, string? burnedIn, string expected)
    {
        var image = Image(Slope(11));
        image.SetString(DicomTags.Modality, VR.CS, modality);
        image.SetString(DicomTags.ImageType, VR.CS, imageType + "\\PRIMARY");
        if (burnedIn is not null)
        {
            image.SetString(DicomTags.BurnedInAnnotation, VR.CS, burnedIn);
        }

        var policy = new PixelPolicy
        {
            Examination =
            [
                new ExaminationRule { Name = "rule 1", Modality = "mr", ImageType = "ORIGINAL", IsExamined = false },
                new ExaminationRule { Name = "rule 0", Modality = "US", IsExamined = true },
                new ExaminationRule { Name = "rule 2", BurnedInAnnotation = "NO", IsExamined = false },
            ],
        };
        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _, policy);

        Assert.Equal(expected, context.Report.Pixels);
        Assert.Single(context.Report.Notes, note => note.StartsWith(expected == "exempt" ? "pixels were not examined: rule" : "pixels are examined: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.481.2", false)]
    [InlineData(null, false)]
    [InlineData("1.2.840.10008.5.1.4.1.1.7", true)]
    public void Examines_a_dose_that_its_meta_information_calls_something_else(string? stored, bool isExamined)
    {
        var image = Image(Slope(13));
        image.SetString(DicomTags.SopClassUid, VR.UI, "1.2.840.10008.5.1.4.1.1.481.2");
        var meta = new DicomDataSet();
        if (stored is not null)
        {
            meta.SetString(DicomTags.MediaStorageSopClassUid, VR.UI, stored);
        }

        Assert.Equal(isExamined, new PixelPolicy().Decide(image, meta).IsExamined);
    }

    [Fact]
    public void Says_how_much_was_examined()
    {
        var image = PixelWork.Image(PixelWork.Gray(Width, Height), Slope(1), Slope(2), Slope(3));
        SetOverlay(image, 0x6002, Width, Height, (1, 1));

        using var context = PixelWork.Run(image, TransferSyntax.ExplicitLittleEndian, out _);

        Assert.Equal((3, 1, null), (context.Report.FramesExamined, context.Report.OverlayFramesExamined, context.Report.Reader));
    }

    [Fact]
    public void Follows_a_region_rule_on_an_image_that_is_not_examined()
    {
        var picture = Slope(12);
        var policy = new PixelPolicy
        {
            Rules = RegionRules.Parse("r", "Box\n{ Rows.equals(\"120\") } (30,20,20,10)"),
            Examination = [new ExaminationRule { Name = "rule", IsExamined = false }],
        };

        using var context = PixelWork.Run(Image(picture), TransferSyntax.ExplicitLittleEndian, out _, policy);

        Assert.Equal(("exempt", 0), (context.Report.Pixels, context.Report.FramesExamined));
        AssertBlanked(picture, PixelWork.Frame(context, 0), [new PixelBox(30, 20, 51, 31)]);
    }

    /// <summary>A smooth slope in which no detector sees text, with pixels that tell one from another.</summary>
    private static byte[] Slope(int start) => [.. Pixels().Select(i => (byte)(start + (i % Width / 4) + (i / Width / 2)))];

    private static DicomDataSet Image(byte[] picture) => PixelWork.Image(PixelWork.Gray(Width, Height), picture);

    private static IEnumerable<int> Pixels() => Enumerable.Range(0, Width * Height);

    private static bool Holds(PixelBox box, int pixel, int columns = Width) =>
        box.Contains(new PixelBox(pixel % columns, pixel / columns, (pixel % columns) + 1, (pixel / columns) + 1));

    private static void AssertBlanked(byte[] before, byte[] after, PixelBox[] boxes) => Assert.All(Pixels(), pixel => Assert.Equal(
        boxes.Any(box => Holds(box, pixel)) ? before.Min() : before[pixel], after[pixel]));

    private static void SetUltrasoundRegions(DicomDataSet image, params (int Left, int Top, int Right, int Bottom)[] regions) =>
        image.Set(new SequenceElement(new DicomTag(0x00186011), [.. regions.Select(Region)]));

    private static DicomDataSet Region((int Left, int Top, int Right, int Bottom) region)
    {
        var item = new DicomDataSet();
        item.Set(new ValueElement(new DicomTag(0x00186018), VR.UL, BitConverter.GetBytes(region.Left)));
        item.Set(new ValueElement(new DicomTag(0x0018601A), VR.UL, BitConverter.GetBytes(region.Top)));
        item.Set(new ValueElement(new DicomTag(0x0018601C), VR.UL, BitConverter.GetBytes(region.Right)));
        item.Set(new ValueElement(new DicomTag(0x0018601E), VR.UL, BitConverter.GetBytes(region.Bottom)));
        return item;
    }

    /// <summary>A bitmap of ones, which is no text.</summary>
    private static void SetOverlay(DicomDataSet image, ushort group, int columns, int rows, (short Row, short Column) origin)
    {
        image.SetUInt16(new DicomTag(group, 0x0010), (ushort)rows);
        image.SetUInt16(new DicomTag(group, 0x0011), (ushort)columns);
        image.Set(new ValueElement(new DicomTag(group, 0x0050), VR.SS, (byte[])[.. BitConverter.GetBytes(origin.Row), .. BitConverter.GetBytes(origin.Column)]));
        var bits = new byte[((columns * rows) + 15) / 16 * 2];
        Array.Fill(bits, (byte)0xFF);
        image.Set(new ValueElement(new DicomTag(group, 0x3000), VR.OW, bits));
    }
}
