using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels.Regions;

public sealed class DeviceTableTests
{
    private const string Header = "name\tmodality\tmanufacturer\tmodel\tsoftware\timage type\tseries description\trows\tcolumns\tleft\ttop\tright\tbottom\tsource\n";

    [Theory]
    [InlineData("Page\tCT\tacme\t\t\tsecondary\t\t480\t\t1\t2\t30\t40\tseen", true)]
    [InlineData("Page\tCT\t\t\t\t\t\t0480\t\t1\t2\t30\t40\tseen", true)]
    [InlineData("Page\tCT\tacme\t\t\t\t\t48\t\t1\t2\t30\t40\tseen", false)]
    [InlineData("Page\tC\t\t\t\t\t\t\t\t1\t2\t30\t40\tseen", false)]
    [InlineData("Page\t\t\tother\t\t\t\t\t\t1\t2\t30\t40\tseen", false)]
    public void Blanks_the_area_of_a_device_where_every_cell_fits(string line, bool fits)
    {
        var rules = RegionRules.Parse("devices.tsv", "# a comment\n" + Header + line + "\n");

        var regions = rules.Match(Image(), null, null, 640, 480);

        Assert.Equal(fits ? [new PixelBox(1, 2, 30, 40)] : [], regions.Select(region => region.Box));
        Assert.All(regions, region => Assert.Equal("rule devices.tsv:3 Page", region.Source));
    }

    [Fact]
    public void Blanks_the_whole_image_of_a_device_without_edges()
    {
        var rules = RegionRules.Parse("devices.tsv", Header + "All\tCT\t\t\t\t\t\t\t\t\t\t\t\tseen");

        Assert.Equal(new PixelBox(0, 0, 640, 480), Assert.Single(rules.Match(Image(), null, null, 640, 480)).Box);
    }

    [Theory]
    [InlineData("Page\t\t\t\t\t\t\t\t\t1\t2\t30\t40\tseen")]
    [InlineData("Page\tCT\t\t\t\t\t\t\t\t1\t2\t30\tx\tseen")]
    [InlineData("Page\tCT\t\t\t\t\t\t\t\t30\t2\t1\t40\tseen")]
    [InlineData("Page\tCT\t1\t2\t30\t40\tseen")]
    [InlineData("Page\tCT\t\t\t\t\t\t480 px\t\t1\t2\t30\t40\tseen")]
    public void Refuses_a_line_that_cannot_be_followed(string line)
    {
        var failure = Assert.Throws<RegionRuleException>(() => RegionRules.Parse("devices.tsv", Header + line));

        Assert.Equal(2, failure.Line);
    }

    private static DicomDataSet Image()
    {
        var image = new DicomDataSet();
        image.SetString(DicomTags.Modality, VR.CS, "CT");
        image.SetString(DicomTags.Manufacturer, VR.LO, "ACME Medical");
        image.SetString(DicomTags.ImageType, VR.CS, "DERIVED\\SECONDARY");
        image.SetUInt16(DicomTags.Rows, 480);
        return image;
    }
}
