using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels.Regions;

public sealed class DeviceEvidenceTests
{
    private static readonly PixelBox Name = new(10, 10, 90, 30);
    private static readonly PixelBox LongerName = new(10, 10, 130, 30);
    private static readonly PixelBox Bone = new(200, 200, 220, 220);

    private readonly DeviceEvidence evidence = new();

    [Fact]
    public void Text_that_most_studies_of_a_device_show_at_one_place_becomes_a_rule_for_all_of_them()
    {
        evidence.Add(Image("1"), [Name]);
        evidence.Add(Image("2"), [LongerName]);
        evidence.Add(Image("3"), [Name, Bone]);
        evidence.Add(Image("4"), []);

        var rules = RegionRules.Parse("devices.tsv", string.Join('\n', evidence.Table()));

        var region = Assert.Single(rules.Match(Image("5"), null, null, 640, 480));
        Assert.Equal(LongerName, region.Box);
        Assert.EndsWith("text of Alpha", region.Source, StringComparison.Ordinal);
        Assert.EndsWith("\tfound on 3 of 4 studies", evidence.Table().Last(), StringComparison.Ordinal);
        Assert.Empty(rules.Match(Image("5", model: "Beta"), null, null, 640, 480));
        Assert.Empty(rules.Match(Image("5", imageType: "DERIVED\\SECONDARY"), null, null, 640, 480));
        Assert.Empty(rules.Match(Image("5", rows: 512), null, null, 640, 512));
    }

    [Fact]
    public void Images_of_one_study_count_once()
    {
        for (var image = 0; image < 10; image++)
        {
            evidence.Add(Image("1"), [Bone]);
        }

        evidence.Add(Image("2"), [Bone]);

        Assert.Equal([DeviceTable.Header], evidence.Table());
    }

    [Fact]
    public void Images_without_a_study_count_each()
    {
        for (var image = 0; image < 3; image++)
        {
            evidence.Add(Image(null), [Name]);
        }

        Assert.EndsWith("\tfound on 3 of 3 studies", evidence.Table().Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_fewer_than_half_of_the_studies_show_is_no_text_of_the_device()
    {
        for (var study = 0; study < 20; study++)
        {
            evidence.Add(Image($"{study}"), study < 9 ? [Name] : []);
        }

        Assert.Equal([DeviceTable.Header], evidence.Table());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("ACME\tLtd", "Alpha")]
    public void An_image_of_which_no_row_can_say_the_device_is_left_out(string manufacturer, string model)
    {
        evidence.Add(Image("1", manufacturer, model), [Name]);

        Assert.Equal((1, 0), (evidence.WithoutDevice, evidence.Devices));
    }

    private static DicomDataSet Image(string? study, string manufacturer = "ACME", string model = "Alpha", string imageType = "ORIGINAL\\PRIMARY", ushort rows = 480)
    {
        var image = new DicomDataSet();
        if (study is not null)
        {
            image.SetString(DicomTags.StudyInstanceUid, VR.UI, $"2.25.{study}");
        }

        image.SetString(DicomTags.Modality, VR.CS, "US");
        image.SetString(DicomTags.Manufacturer, VR.LO, manufacturer);
        image.SetString(DicomTags.ManufacturerModelName, VR.LO, model);
        image.SetString(DicomTags.ImageType, VR.CS, imageType);
        image.SetUInt16(DicomTags.Rows, rows);
        image.SetUInt16(DicomTags.Columns, 640);
        return image;
    }
}
