using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels.Regions;

/// <summary>What CTP's own program makes of each case was seen by running it on an image like <see cref="Image"/>; differences are said where they are meant.</summary>
public sealed class CtpPixelScriptTests
{
    private const int Columns = 100;
    private const int Rows = 80;

    [Theory]
    [InlineData("Modality.equals(\"CT\")", true)]
    [InlineData("Modality.equals(\"ct\")", false)]
    [InlineData("Modality.equalsIgnoreCase(\"ct\")", true)]
    [InlineData("Modality . equals ( \"CT\" )", true)]
    [InlineData("Modality.matches(\"C.\")", true)]
    [InlineData("Modality.matches(\"c.\")", false)]
    [InlineData("Modality.matches(\"C\")", false)]
    [InlineData("Manufacturer.contains(\"medical\")", false)]
    [InlineData("Manufacturer.containsIgnoreCase(\"medical\")", true)]
    [InlineData("Manufacturer.startsWith(\"MEDICAL\")", false)]
    [InlineData("Manufacturer.startsWithIgnoreCase(\"acme \")", true)]
    [InlineData("Manufacturer.endsWithIgnoreCase(\"systems\")", true)]
    [InlineData("Manufacturer.matches(\"^(?!OTHER).*$\")", true)]
    [InlineData("Manufacturer.matches(\"ACME[^.]*SYSTEMS\")", true)]
    [InlineData("SeriesDescription.contains(\"  Report\")", true)]
    [InlineData("ManufacturerModelName.contains(\"(16)\")", true)]
    [InlineData("ImageType.contains(\"ORIGINAL\\PRIMARY\")", true)]
    [InlineData("ImageType.matches(\"ORIGINAL\\\\PRIMARY.*\")", true)]
    [InlineData("Rows.equals(\"080\")", false)]
    [InlineData("Rows.isGreaterThan(\"79.5\")", true)]
    [InlineData("PatientAge.isLessThan(\"050Y\")", true)]
    [InlineData("WindowWidth.isLessThan(\"0\")", false)]
    [InlineData("WindowWidth.isGreaterThan(\"39\")", true)]
    [InlineData("ProtocolName.isLessThan(\"5\")", false)]
    [InlineData("Manfacturer.contains(\"A\")", false)]
    public void Compares_as_CTP_does(string signature, bool isMet) => Assert.Equal(isMet, IsMet(signature));

    [Theory]
    [InlineData("ProtocolName.equals(\"\")", true)]
    [InlineData("!ProtocolName.equals(\"\")", false)]
    [InlineData("ProtocolName.matches(\".*\")", true)]
    [InlineData("ProtocolName.startsWith(\"\")", true)]
    [InlineData("ProtocolName.contains(\"x\")", false)]
    [InlineData("StudyDescription.equals(\"\")", true)]
    [InlineData("Manfacturer.equals(\"\")", true)]
    [InlineData("!Manfacturer.contains(\"A\")", true)]
    [InlineData("ProcedureCodeSeq.equals(\"\")", true)]
    public void Takes_what_is_missing_for_an_empty_text(string signature, bool isMet) => Assert.Equal(isMet, IsMet(signature));

    /// <summary>CTP sees all values of several as one text. One of them counts here too, but no negation fails because of it.</summary>
    [Theory]
    [InlineData("ImageType.equals(\"ORIGINAL\\PRIMARY\\AXIAL\")")]
    [InlineData("ImageType.equals(\"PRIMARY\")")]
    [InlineData("!ImageType.equals(\"PRIMARY\")")]
    [InlineData("!ImageType.endsWith(\"PRIMARY\")")]
    [InlineData("!ImageType.matches(\"PRIMARY\")")]
    [InlineData("!(ImageType.equals(\"PRIMARY\") + ImageType.startsWith(\"AXIAL\"))")]
    [InlineData("CodeMeaning.containsIgnoreCase(\"body phantom\")")]
    [InlineData("!CodeMeaning.containsIgnoreCase(\"body phantom\")")]
    public void Acts_in_every_reading_of_several_values(string signature) => Assert.True(IsMet(signature));

    [Theory]
    [InlineData("[0008,0060].equals(\"CT\")", true)]
    [InlineData("[00080060].equals(\"CT\")", true)]
    [InlineData("[8,60].equals(\"CT\")", true)]
    [InlineData("root:Modality.equals(\"CT\")", true)]
    [InlineData("[0008,1032]::[0008,0104].contains(\"Phantom\")", true)]
    [InlineData("[0008,1032]::[0008,0104].contains(\"Second\")", false)]
    [InlineData("ProcedureCodeSeq::CodeMeaning.contains(\"Phantom\")", true)]
    [InlineData("[0019,1003].contains(\"private\")", true)]
    [InlineData("[0019[ACME 1.0]03].contains(\"private\")", true)]
    [InlineData("[0019,[ACME 1.0]03].contains(\"private\")", true)]
    [InlineData("[0019[OTHER]03].contains(\"private\")", false)]
    [InlineData("ImplementationVersionName.contains(\"ACME\")", true)]
    public void Names_attributes_as_CTP_does(string signature, bool isMet) => Assert.Equal(isMet, IsMet(signature));

    [Theory]
    [InlineData("Modality.equals(\"CT\") + Modality.equals(\"MR\") * Modality.equals(\"XX\")", true)]
    [InlineData("(Modality.equals(\"CT\") + Modality.equals(\"MR\")) * Modality.equals(\"XX\")", false)]
    [InlineData("Modality.equals(\"XX\") * Modality.equals(\"MR\") + Modality.equals(\"CT\")", true)]
    [InlineData("!Modality.equals(\"CT\") + Modality.equals(\"CT\")", true)]
    [InlineData("!(Modality.equals(\"MR\") * Modality.equals(\"CT\"))", true)]
    [InlineData("!Modality.equals(\"MR\") * Modality.equals(\"CT\")", true)]
    [InlineData("![0008,0060].equals(\"MR\")", true)]
    [InlineData("Modality.equals(\"CT\") // a comment (\n * Manufacturer.contains(\"ACME\")", true)]
    [InlineData("// a comment\nModality.equals(\"CT\")", true)]
    [InlineData("Modality.equals(\"CT\") * true", true)]
    [InlineData("!true", false)]
    public void Joins_terms_as_CTP_does(string signature, bool isMet) => Assert.Equal(isMet, IsMet(signature));

    /// <summary>Of these CTP says that they never hold, or follows them otherwise than they read.</summary>
    [Theory]
    [InlineData("{ Modality.equals(\"CT\") \n (0,0,1,1)")]
    [InlineData("{ Modality.resembles(\"CT\") } (0,0,1,1)")]
    [InlineData("{ Modality.equals(\"CT\" } (0,0,1,1)")]
    [InlineData("{ Modality.equals(CT) } (0,0,1,1)")]
    [InlineData("{ Modality.equals('CT') } (0,0,1,1)")]
    [InlineData("{ !!Modality.equals(\"CT\") } (0,0,1,1)")]
    [InlineData("{ ! ! Modality.equals(\"CT\") } (0,0,1,1)")]
    [InlineData("{ true * Modality.equals(\"CT\") } (0,0,1,1)")]
    [InlineData("{ Modality.equals(\"CT\") Manufacturer.contains(\"A\") } (0,0,1,1)")]
    [InlineData("{ (Modality.equals(\"CT\") } (0,0,1,1)")]
    [InlineData("{ Modality.equals(\"CT\") * } (0,0,1,1)")]
    [InlineData("{ Modality.matches(\"(\") } (0,0,1,1)")]
    [InlineData("{ [0008,0060.equals(\"CT\") } (0,0,1,1)")]
    [InlineData("{ } (0,0,1,1)")]
    [InlineData("no rules at all")]
    public void Refuses_a_script_that_cannot_be_followed(string text) =>
        Assert.Throws<RegionRuleException>(() => RegionRules.Parse("script", text));

    /// <summary>CTP blanks a column and a row more than the size says, and counts negative corners from the far edge.</summary>
    [Theory]
    [InlineData("(10,10,20,20)", "10,10,31,31")]
    [InlineData("( 10 , +10 , 20 , 20 )", "10,10,31,31")]
    [InlineData("(-30,0,30,10)", "70,0,100,11")]
    [InlineData("(-130,0,30,10)", "0,0,31,11")]
    [InlineData("(0,-10,100,10)", "0,70,100,80")]
    [InlineData("(90,70,50,50)", "90,70,100,80 clipped")]
    [InlineData("(5,5,0,0)", "5,5,6,6")]
    [InlineData("(10,10,20,20)(40,40,5,5)", "10,10,31,31 40,40,46,46")]
    [InlineData("// words\n (10,10,20,20)", "10,10,31,31")]
    [InlineData("\n(10,10,20,20) and (40,40,5,5)", "10,10,31,31 40,40,46,46")]
    [InlineData("\n(10,10,20,20)\nGE (CT) thing (1,2,3,4)\n{ false } (0,0,3,3)", "10,10,31,31 1,2,5,7")]
    [InlineData("", "")]
    public void Blanks_the_regions_that_CTP_blanks(string regions, string expected) => Assert.Equal(expected, Boxes("{ true } " + regions));

    /// <summary>CTP skips such a region or takes what is no number for 0.</summary>
    [Theory]
    [InlineData("(10,10,20)")]
    [InlineData("(10,10,20,2O)")]
    [InlineData("(10.5,10,20,20)")]
    [InlineData("(5,5,-3,10)")]
    [InlineData("(10,10,20,20) text (1,2,3,x)")]
    public void Blanks_the_whole_image_where_a_region_cannot_be_read(string region)
    {
        var rules = RegionRules.Parse("script", "{ true } " + region);

        Assert.Contains(new PixelBox(0, 0, Columns, Rows), Match(rules).Select(found => found.Box));
        Assert.Single(rules.Findings);
    }

    [Fact]
    public void Acts_by_every_signature_and_says_which()
    {
        var rules = RegionRules.Parse("script", "Some text (and more)\n\nACME\n  Page\n  { true }\n  (0,0,9,9)\n\nOther\n { Modality.equals(\"CT\") } (20,20,9,9)");

        Assert.Equal(["rule script:5 Page", "rule script:9 Other"], Match(rules).Select(region => region.Source));
    }

    private static bool IsMet(string signature) => Match(RegionRules.Parse("script", $"{{ {signature} }}\n(0,0,1,1)")).Count > 0;

    private static string Boxes(string script) => string.Join(' ', Match(RegionRules.Parse("script", script)).Select(region =>
        $"{region.Box.Left},{region.Box.Top},{region.Box.Right},{region.Box.Bottom}{(region.IsClipped ? " clipped" : "")}"));

    private static IReadOnlyList<RuleRegion> Match(RegionRules rules)
    {
        var meta = new DicomDataSet();
        meta.SetString(DicomTags.ImplementationVersionName, VR.SH, "ACME_1");
        return rules.Match(Image(), meta, null, Columns, Rows);
    }

    private static DicomDataSet Image()
    {
        var image = new DicomDataSet();
        image.SetString(DicomTags.ImageType, VR.CS, "ORIGINAL\\PRIMARY\\AXIAL");
        image.SetString(DicomTags.Modality, VR.CS, "CT");
        image.SetString(DicomTags.Manufacturer, VR.LO, "ACME MEDICAL SYSTEMS");
        image.SetString(DicomTags.ManufacturerModelName, VR.LO, "LightSpeed (16)");
        image.SetString(DicomTags.StudyDescription, VR.LO, "");
        image.SetString(DicomTags.SeriesDescription, VR.LO, "Dose  Report #2 a.b");
        image.SetString(new DicomTag(0x00101010), VR.AS, "045Y");
        image.SetString(new DicomTag(0x00281051), VR.DS, "-40");
        image.SetString(new DicomTag(0x00190010), VR.LO, "ACME 1.0");
        image.SetString(new DicomTag(0x00191003), VR.LO, "private text");
        image.SetUInt16(DicomTags.Rows, Rows);
        image.SetUInt16(DicomTags.Columns, Columns);
        image.Set(new SequenceElement(new DicomTag(0x00081032), [Code("IEC Body Phantom"), Code("Second")]));
        return image;
    }

    private static DicomDataSet Code(string meaning)
    {
        var code = new DicomDataSet();
        code.SetString(DicomTags.CodeMeaning, VR.LO, meaning);
        return code;
    }
}
