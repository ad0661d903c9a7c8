using Smi.Deid.Pixels.Regions;
using Smi.Dicom;

namespace Smi.Deid.Tests.Pixels.Regions;

/// <summary>What deid itself makes of each case was seen by running it on an image like <see cref="Image"/>; differences are said where they are meant.</summary>
public sealed class DeidRecipeTests
{
    private const int Columns = 100;
    private const int Rows = 80;

    [Theory]
    [InlineData("contains Modality ct", true)]
    [InlineData("CONTAINS Modality CT", true)]
    [InlineData("contains Modality CT|MR", true)]
    [InlineData("contains Manufacturer XE.MED", false)]
    [InlineData("contains Manufacturer ACME.MED", true)]
    [InlineData("contains Manufacturer ^(?!OTHER)", true)]
    [InlineData("contains Manufacturer (.)..\\1", true)]
    [InlineData("equals Rows 80", true)]
    [InlineData("notequals Modality CT", false)]
    [InlineData("notcontains Modality MR", true)]
    [InlineData("missing StudyDescription", false)]
    [InlineData("present StudyDescription", true)]
    [InlineData("empty StudyDescription", true)]
    [InlineData("missing ProtocolName", true)]
    [InlineData("present ProtocolName", false)]
    [InlineData("empty ProtocolName", false)]
    [InlineData("empty Modality", false)]
    [InlineData("contains StudyDescription ^$", true)]
    [InlineData("contains ProtocolName .*", false)]
    [InlineData("contains SeriesDescription Dose  Report", true)]
    [InlineData("contains SeriesDescription Dose Report", false)]
    [InlineData("equals SeriesDescription Dose  Report #2 a.b", true)]
    [InlineData("contains SeriesDescription Report #3", false)]
    [InlineData("contains 0x00191003 private", true)]
    [InlineData("present 0x00191099", false)]
    [InlineData("equals PatientName doe^john", true)]
    [InlineData("contains Foo x", false)]
    [InlineData("notequals Foo x", true)]
    public void Compares_as_deid_does(string criterion, bool isMet) => Assert.Equal(isMet, IsMet(criterion));

    /// <summary>deid compares the text that pydicom prints, where a pattern does not mean what one expects. It holds in either sense.</summary>
    [Theory]
    [InlineData("notequals Rows 080")]
    [InlineData("notequals Rows 80|90")]
    [InlineData("notequals Modality C.")]
    [InlineData("notequals ImageType ORIGINAL")]
    [InlineData("notcontains ImageType ^PRIMARY")]
    [InlineData("contains ImageType ORIGINAL', 'PRIMARY")]
    [InlineData("notcontains ImageType ORIGINAL\\\\PRIMARY")]
    [InlineData("equals ImageType ['ORIGINAL', 'PRIMARY', 'AXIAL']")]
    [InlineData("contains PixelSpacing 0.5, 1.0")]
    [InlineData("notequals PixelSpacing 0.5")]
    [InlineData("missing AcquisitionNumber")]
    [InlineData("empty InstanceNumber")]
    [InlineData("empty PixelRepresentation")]
    [InlineData("present RequestAttributesSequence")]
    [InlineData("contains ProcedureCodeSequence Body Phantom")]
    [InlineData("contains ProcedureCodeSequence Code Meaning")]
    [InlineData("notcontains CodeMeaning Phantom")]
    [InlineData("notequals CodeMeaning Second")]
    [InlineData("notequals 0x00080060 CT")]
    [InlineData("contains 0x00080060 Modality")]
    [InlineData("missing [0008,0060]")]
    [InlineData("contains PatientAge ^\\D")]
    [InlineData("contains FrameIncrementPointer 1063")]
    [InlineData("missing TransferSyntaxUID")]
    [InlineData("notequals TransferSyntaxUID 1.2.840.10008.1.2.1")]
    [InlineData("notcontains Modality CT # comment")]
    [InlineData("missing ProtocolName + notequals Modality CT")]
    public void Acts_where_deid_acts_by_what_it_prints(string criterion) => Assert.True(IsMet(criterion));

    /// <summary>deid does not act on these.</summary>
    [Theory]
    [InlineData("equals Modality C.")]
    [InlineData("equals Rows 080")]
    [InlineData("equals ImageType PRIMARY")]
    [InlineData("contains ImageType ^PRIMARY")]
    [InlineData("contains CodeMeaning Phantom")]
    [InlineData("equals 0x00080060 CT")]
    [InlineData("contains [0008,0060] CT")]
    [InlineData("contains Modality CT # comment")]
    [InlineData("contains Modality \\D")]
    [InlineData("contains TransferSyntaxUID 1.2.840")]
    [InlineData("missing RequestAttributesSequence")]
    [InlineData("missing ProtocolName + contains Modality CT")]
    public void Acts_too_where_a_criterion_is_meant_to_hold(string criterion) => Assert.True(IsMet(criterion));

    [Theory]
    [InlineData("contains Modality MR || contains Manufacturer ACME", true)]
    [InlineData("contains Modality MR||contains Manufacturer ACME", true)]
    [InlineData("contains Modality CT+contains Manufacturer ACME", true)]
    [InlineData("contains Modality CT+contains Manufacturer OTHER", false)]
    [InlineData("equals Rows 80 || contains Manufacturer ACME + contains Modality MR", false)]
    [InlineData("contains Modality MR + contains Manufacturer ACME || equals Rows 80", true)]
    [InlineData("contains SeriesDescription AS+", false)]
    [InlineData("contains ManufacturerModelName Scan AS+", true)]
    [InlineData("+contains Modality CT", true)]
    [InlineData("||equals Rows 81", false)]
    [InlineData("contains Modality CT\ncontains Manufacturer OTHER", false)]
    [InlineData("contains Modality CT\n# a comment\n + # another\n + equals Rows 80", true)]
    [InlineData("contains Modality MR\n|| contains Manufacturer ACME", true)]
    public void Joins_criteria_and_lines(string criteria, bool isMet) => Assert.Equal(isMet, IsMet(criteria));

    [Theory]
    [InlineData("contains Modality")]
    [InlineData("contains")]
    [InlineData("containsx Modality CT")]
    [InlineData("contains Modality CT + empty")]
    [InlineData("contains Manufacturer ACME [")]
    [InlineData("notcontains Manufacturer ACME++")]
    public void Refuses_a_criterion_that_deid_cannot_read(string criterion) =>
        Assert.Throws<RegionRuleException>(() => Recipe($"LABEL one\n  {criterion}\n  coordinates 0,0,5,5"));

    /// <summary>deid leaves the second corner, dicompixelanon blanks it.</summary>
    [Theory]
    [InlineData("coordinates 10, 10, 30, 30", "10,10,31,31")]
    [InlineData("coordinates10,10,30,30", "10,10,31,31")]
    [InlineData("COORDINATES 10,10,30,30 # comment", "10,10,31,31")]
    [InlineData("ctpcoordinates 10,10,30,30", "10,10,41,41")]
    [InlineData("coordinates 10,10,30,30\n  coordinates 50,50,60,60", "10,10,31,31 50,50,61,61")]
    [InlineData("coordinates ALL", "0,0,100,80")]
    [InlineData("coordinates all\n  keepcoordinates 0,0,100,70", "0,70,100,80")]
    [InlineData("coordinates all\n  ctpkeepcoordinates 0,0,100,70", "0,70,100,80")]
    [InlineData("keepcoordinates 0,0,100,70\n  coordinates all", "0,0,100,80")]
    [InlineData("coordinates all\n  keepcoordinates 0,0,50,80\n  coordinates all\n  keepcoordinates 50,0,100,80", "0,0,50,80")]
    [InlineData("coordinates all\n  keepcoordinates all", "")]
    [InlineData("coordinates all\n  keepcoordinates 90,70,10,10", "0,0,100,80")]
    [InlineData("coordinates all\n  keepcoordinates from:sequenceofultrasoundregions", "0,0,100,80 0,0,100,80")]
    [InlineData("coordinates 90,70,200,200", "90,70,100,80")]
    public void Blanks_the_coordinates_that_deid_blanks(string areas, string expected) => Assert.Equal(expected, Boxes(areas));

    /// <summary>deid keeps what a later line or rule keeps, whatever was blanked before; it counts negative numbers from the far edge, and stops at what is no number.</summary>
    [Theory]
    [InlineData("keepcoordinates 0,0,100,70", "0,70,100,80")]
    [InlineData("keepcoordinates 0,0,100,70\n  coordinates 5,6,7,8", "5,6,8,9 0,70,100,80")]
    [InlineData("coordinates 5,6,7,8\n  keepcoordinates 0,0,100,70", "5,6,8,9 0,70,100,80")]
    [InlineData("coordinates 30,40,10,20", "10,20,31,41")]
    [InlineData("coordinates 0,-10,100,80", "0,0,100,80")]
    [InlineData("coordinates 0,0,5", "0,0,100,80")]
    [InlineData("coordinates x\n  keepcoordinates 0,0,100,70", "0,0,100,80 0,70,100,80")]
    [InlineData("coordinates from:ProcedureCodeSequence", "0,0,100,80")]
    public void Blanks_more_than_deid_does_where_coordinates_are_in_doubt(string areas, string expected) => Assert.Equal(expected, Boxes(areas));

    [Fact]
    public void Follows_coordinates_without_criteria_on_every_image() =>
        Assert.Single(Match(Recipe("LABEL all\n  coordinates 0,0,5,5")));

    private static bool IsMet(string criteria) => Match(Recipe($"LABEL one\n  {criteria}\n  coordinates 0,0,5,5")).Count > 0;

    private static string Boxes(string areas) => string.Join(' ', Match(Recipe($"LABEL one\n  equals Modality CT\n  {areas}")).Select(region =>
        $"{region.Box.Left},{region.Box.Top},{region.Box.Right},{region.Box.Bottom}"));

    private static RegionRules Recipe(string labels) => RegionRules.Parse("recipe", "FORMAT dicom\n%filter graylist\n" + labels);

    private static IReadOnlyList<RuleRegion> Match(RegionRules rules)
    {
        var meta = new DicomDataSet();
        meta.SetString(new DicomTag(0x00020010), VR.UI, "1.2.840.10008.1.2.1");
        return rules.Match(Image(), meta, null, Columns, Rows);
    }

    private static DicomDataSet Image()
    {
        var image = new DicomDataSet();
        image.SetString(DicomTags.ImageType, VR.CS, "ORIGINAL\\PRIMARY\\AXIAL");
        image.SetString(DicomTags.Modality, VR.CS, "CT");
        image.SetString(DicomTags.Manufacturer, VR.LO, "ACME MEDICAL SYSTEMS SAS");
        image.SetString(DicomTags.ManufacturerModelName, VR.LO, "Scan AS+");
        image.SetString(DicomTags.StudyDescription, VR.LO, "");
        image.SetString(DicomTags.SeriesDescription, VR.LO, "Dose  Report #2 a.b");
        image.SetString(DicomTags.PatientName, VR.PN, "DOE^JOHN");
        image.SetString(new DicomTag(0x00101010), VR.AS, "045Y");
        image.SetString(new DicomTag(0x00280030), VR.DS, "0.5\\1.0");
        image.SetString(new DicomTag(0x00200012), VR.IS, "");
        image.SetString(new DicomTag(0x00200013), VR.IS, "0");
        image.SetString(new DicomTag(0x00190010), VR.LO, "ACME 1.0");
        image.SetString(new DicomTag(0x00191003), VR.LO, "private text");
        image.SetUInt16(DicomTags.Rows, Rows);
        image.SetUInt16(DicomTags.Columns, Columns);
        image.SetUInt16(new DicomTag(0x00280103), 0);
        image.Set(new ValueElement(new DicomTag(0x00280009), VR.AT, new byte[] { 0x18, 0, 0x63, 0x10 }));
        image.Set(new SequenceElement(new DicomTag(0x00081032), [Code("IEC Body Phantom"), Code("Second")]));
        image.Set(new SequenceElement(new DicomTag(0x00400275), []));
        return image;
    }

    private static DicomDataSet Code(string meaning)
    {
        var code = new DicomDataSet();
        code.SetString(DicomTags.CodeMeaning, VR.LO, meaning);
        return code;
    }
}
