using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels.Regions;

public sealed class RegionRulesTests
{
    private const int Columns = 640;
    private const int Rows = 480;

    [Fact]
    public void Blanks_the_corners_of_a_recipe_where_all_criteria_are_met()
    {
        var rules = Recipe("""
            LABEL Dose page # somebody
              contains Modality CT|MR
              + equals Rows 480
              + contains Manufacturer acme
              coordinates 10,20,110,60
              ctpcoordinates 0,400,50,30
            """);

        var regions = Match(rules, Image("CT", "ACME Medical"));

        Assert.Equal([new PixelBox(10, 20, 111, 61), new PixelBox(0, 400, 51, 431)], regions.Select(region => region.Box));
        Assert.All(regions, region => Assert.Equal(("Dose page", 3), (region.Rule, region.Line)));
        Assert.Empty(Match(rules, Image("US", "ACME Medical")));
        Assert.Empty(Match(rules, Image("CT", "Another")));
    }

    [Fact]
    public void Joins_lines_with_or_and_and_in_their_order()
    {
        var rules = Recipe("LABEL one\n  missing Manufacturer\n  || contains Modality CT\n  + contains Manufacturer ACME\n  coordinates 0,0,5,5");

        Assert.Single(Match(rules, Image("CT", "ACME")));
        Assert.Empty(Match(rules, Image("CT", "Other")));
    }

    [Fact]
    public void Blanks_everything_but_the_ultrasound_regions()
    {
        var rules = Recipe("LABEL outside\n  present SequenceOfUltrasoundRegions\n  keepcoordinates from:SequenceOfUltrasoundRegions");
        var image = Image("US", "ACME");
        image.Set(new SequenceElement(new DicomTag(0x00186011), [UltrasoundRegion(100, 50, 299, 249), UltrasoundRegion(250, 200, 639, 479)]));

        var blanked = Painted(Match(rules, image));

        for (var y = 0; y < Rows; y++)
        {
            for (var x = 0; x < Columns; x++)
            {
                // deid does not keep the last column and row.
                var isInside = (x is >= 100 and < 299 && y is >= 50 and < 249) || (x is >= 250 and < 639 && y is >= 200 and < 479);
                Assert.Equal(!isInside, blanked[x, y]);
            }
        }

        Assert.Empty(Match(rules, Image("US", "ACME")));
    }

    [Fact]
    public void Keeps_nothing_because_of_a_region_without_sense()
    {
        var image = Image("US", "ACME");
        image.Set(new SequenceElement(new DicomTag(0x00186011), [UltrasoundRegion(300, 50, 100, 249)]));

        Assert.Equal([new PixelBox(0, 0, Columns, Rows)], UltrasoundRegions.Outside(image, Columns, Rows));
    }

    [Fact]
    public void Clips_a_rule_to_the_image_and_says_so()
    {
        var region = Assert.Single(Match(Recipe("LABEL wide\n  equals Modality CT\n  ctpcoordinates 600,0,400,30"), Image("CT", "ACME")));

        Assert.Equal(new PixelBox(600, 0, 640, 31), region.Box);
        Assert.True(region.IsClipped);
        Assert.Equal("rule recipe:3 wide (clipped to the image)", region.Source);
    }

    [Fact]
    public void Reports_an_attribute_that_does_not_exist_with_its_line()
    {
        var rules = Recipe("LABEL dead\n  contains Manfacturer ACME\n  coordinates 0,0,5,5");

        Assert.Equal("recipe line 4: no attribute is called 'Manfacturer'; it counts as missing", Assert.Single(rules.Findings).ToString());
        Assert.Empty(Match(rules, Image("CT", "ACME")));
    }

    [Fact]
    public void Blanks_the_whole_image_where_coordinates_cannot_be_read()
    {
        var rules = Recipe("LABEL torn\n  equals Modality CT\n  coordinates 0,0,5");

        Assert.Equal(new PixelBox(0, 0, Columns, Rows), Assert.Single(Match(rules, Image("CT", "ACME"))).Box);
        Assert.Single(rules.Findings);
    }

    [Fact]
    public void Acts_as_if_a_criterion_that_is_not_understood_were_met()
    {
        var rules = Recipe("LABEL odd\n  equals Modality CT\n  + resembles Manufacturer X\n  coordinates 0,0,5,5");

        Assert.Single(Match(rules, Image("CT", "ACME")));
        Assert.Single(rules.Findings);
        Assert.Throws<RegionRuleException>(() => Recipe("LABEL odd\n  resembles Manufacturer X\n  coordinates 0,0,5,5"));
    }

    [Fact]
    public void Exempts_nothing_because_a_recipe_calls_it_clean()
    {
        var rules = RegionRules.Parse(
            "recipe", "FORMAT dicom\n%filter whitelist\nLABEL clean\n contains Modality CT\n%filter graylist\nLABEL x\n equals Modality CT\n coordinates 0,0,5,5");

        Assert.Single(Match(rules, Image("CT", "ACME")));
    }

    [Fact]
    public void Finds_the_rectangles_of_a_file_in_a_table()
    {
        var rules = RegionRules.Parse(
            "rects.csv",
            "left,top,right,bottom,frame,overlay,filename,text\n1,2,9,19,-1,-1,study/a.dcm,x\n5,5,700,6,2,-1,/data/study/a.dcm,y\n0,0,3,3,0,1,b.dcm,z\n");

        var regions = rules.Match(new DicomDataSet(), null, "/data/study/a.dcm", Columns, Rows);

        Assert.Equal([new PixelBox(1, 2, 10, 20), new PixelBox(5, 5, 640, 7)], regions.Select(region => region.Box));
        Assert.Equal([null, 2], regions.Select(region => region.Frame));
        Assert.Equal([false, true], regions.Select(region => region.IsClipped));
        Assert.Equal(1, Assert.Single(rules.Match(new DicomDataSet(), null, "/data/b.dcm", Columns, Rows)).Overlay);
        Assert.Empty(rules.Match(new DicomDataSet(), null, "/data/other/xa.dcm", Columns, Rows));
    }

    [Fact]
    public void Finds_the_rectangles_of_a_file_in_a_table_made_on_Windows()
    {
        var rules = RegionRules.Parse("rects.csv", "filename,left,top,right,bottom\r\nD:\\data\\study\\a.dcm,1,2,9,19\r\n");

        Assert.Single(rules.Match(new DicomDataSet(), null, "study/a.dcm", Columns, Rows));
        Assert.Empty(rules.Match(new DicomDataSet(), null, "other/a.dcm", Columns, Rows));
    }

    [Fact]
    public void Refuses_a_table_in_which_a_quote_would_swallow_rectangles()
    {
        const string table = "left,top,right,bottom,frame,overlay,filename,text\n1,2,9,19,-1,-1,a.dcm,\"x\n5,5,700,6,2,-1,a.dcm,y\n";

        Assert.Throws<RegionRuleException>(() => RegionRules.Parse("rects.csv", table));
    }

    [Fact]
    public void Reads_a_table_without_frames_and_passes_over_rows_that_sum_up_a_file()
    {
        var rules = RegionRules.Parse("rects.csv", "filename,left,top,right,bottom\na.dcm,-1,-1,-1,-1\na.dcm,1,2,9,19\n");

        var region = Assert.Single(rules.Match(new DicomDataSet(), null, "/data/a.dcm", Columns, Rows));

        Assert.Equal((new PixelBox(1, 2, 10, 20), null, null), (region.Box, region.Frame, region.Overlay));
    }

    [Theory]
    [InlineData("Format of this file: see CTP\n{ Modality.equals(\"CT\") } (0,0,5,5)")]
    [InlineData("\uFEFF{ Modality.equals(\"CT\") } (0,0,5,5)")]
    [InlineData("\uFEFFFORMAT dicom\r\n%filter graylist\r\nLABEL one\r\n  equals Modality CT\r\n  coordinates 0,0,5,5\r\n")]
    public void Tells_the_kinds_of_rule_files_apart(string text) => Assert.Single(Match(RegionRules.Parse("rules", text), Image("CT", "ACME")));

    [Fact]
    public void Reports_a_file_without_a_rule_that_blanks()
    {
        var rules = Recipe("LABEL flagged\n  contains Modality CT");

        Assert.Equal("recipe line 1: no rule of this file blanks anything", Assert.Single(rules.Findings).ToString());
    }

    private static RegionRules Recipe(string labels) => RegionRules.Parse("recipe", "FORMAT dicom\n%filter graylist\n" + labels);

    private static IReadOnlyList<RuleRegion> Match(RegionRules rules, DicomDataSet image) => rules.Match(image, null, null, Columns, Rows);

    private static DicomDataSet Image(string modality, string manufacturer)
    {
        var image = new DicomDataSet();
        image.SetString(DicomTags.Modality, VR.CS, modality);
        image.SetString(DicomTags.Manufacturer, VR.LO, manufacturer);
        image.SetString(DicomTags.ManufacturerModelName, VR.LO, "Scan AS+");
        image.SetString(new DicomTag(0x00190010), VR.LO, "ACME_PRIVATE");
        image.SetUInt16(DicomTags.Rows, Rows);
        image.SetUInt16(DicomTags.Columns, Columns);
        var code = new DicomDataSet();
        code.SetString(DicomTags.CodeMeaning, VR.LO, "IEC Body Phantom");
        image.Set(new SequenceElement(new DicomTag(0x00081032), [code]));
        return image;
    }

    private static DicomDataSet UltrasoundRegion(uint left, uint top, uint right, uint bottom)
    {
        var item = new DicomDataSet();
        item.Set(new ValueElement(new DicomTag(0x00186018), VR.UL, BitConverter.GetBytes(left)));
        item.Set(new ValueElement(new DicomTag(0x0018601A), VR.UL, BitConverter.GetBytes(top)));
        item.Set(new ValueElement(new DicomTag(0x0018601C), VR.UL, BitConverter.GetBytes(right)));
        item.Set(new ValueElement(new DicomTag(0x0018601E), VR.UL, BitConverter.GetBytes(bottom)));
        return item;
    }

    private static bool[,] Painted(IEnumerable<RuleRegion> regions)
    {
        var painted = new bool[Columns, Rows];
        foreach (var region in regions)
        {
            for (var y = region.Box.Top; y < region.Box.Bottom; y++)
            {
                for (var x = region.Box.Left; x < region.Box.Right; x++)
                {
                    painted[x, y] = true;
                }
            }
        }

        return painted;
    }
}
