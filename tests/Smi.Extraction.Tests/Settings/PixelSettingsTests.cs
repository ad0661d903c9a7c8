using Smi.Deid.Pixels;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Tests.Settings;

public sealed class PixelSettingsTests
{
    [Fact]
    public void Reads_all_that_decides_about_pixels()
    {
        var pixels = Read("""
            PixelOptions:
              RuleFiles: [devices.tsv, /rules/hospital.script]
              BlankOutsideUltrasoundRegions: false
              RemoveOverlays: true
              WholeImage: Refuse
              MostlyText: 40
              NeverText: [1.2.3]
              Examination:
                - { Modality: MR, ImageType: ORIGINAL, Examine: false }
                - { SopClass: 1.2.3, BurnedInAnnotation: YES, Examine: true }
            """);

        Assert.Equal(["/conf/devices.tsv", "/rules/hospital.script"], pixels.RuleFiles);
        Assert.False(pixels.BlankOutsideUltrasoundRegions);
        Assert.True(pixels.RemoveOverlays);
        Assert.Equal((WholeImageDecision.Refuse, 40), (pixels.WholeImage, pixels.MostlyText));
        Assert.Equal(["1.2.3"], pixels.NeverText);
        Assert.Equal(
            [
                new ExaminationRule { Name = "PixelOptions.Examination[0]", Modality = "MR", ImageType = "ORIGINAL", IsExamined = false },
                new ExaminationRule { Name = "PixelOptions.Examination[1]", SopClass = "1.2.3", BurnedInAnnotation = "YES", IsExamined = true },
            ],
            pixels.Examination);
    }

    [Fact]
    public void Examines_everything_but_what_never_carries_text_without_settings()
    {
        var pixels = Read("");

        Assert.Empty(pixels.Examination);
        Assert.Null(pixels.NeverText);
        Assert.Empty(Read("PixelOptions: { NeverText: none }").NeverText ?? ["null"]);
        Assert.True(pixels.BlankOutsideUltrasoundRegions);
    }

    [Theory]
    [InlineData("PixelOptions: { RuleFile: [a] }", "did you mean RuleFiles")]
    [InlineData("PixelOptions: { Examination: [{ Examine: false }] }", "every image")]
    [InlineData("PixelOptions: { Examination: [{ Modality: CT }] }", "Examine must be true or false")]
    [InlineData("PixelOption: { }", "did you mean PixelOptions")]
    public void Refuses_what_cannot_be_followed(string yaml, string said)
    {
        var fault = Assert.Throws<SettingsException>(() => Read(yaml));

        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    private static PixelSettings Read(string yaml) => SettingsLoader.Read(new StringReader(yaml), "/conf/smi.yaml").Pixels;
}
