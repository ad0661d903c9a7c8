using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Verification;

/// <summary>A sabotaged stage puts an identifier back; verification must not let it out.</summary>
public sealed class LeakVerifierTests : IDisposable
{
    private static readonly DicomTag Comments = new(0x00204000);
    private static readonly DicomTag Private = new(0x00091001);
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Theory]
    [InlineData("ZIMMERMANN")]
    [InlineData("scan of klara zimmermann")]
    [InlineData("PAT-00042")]
    [InlineData("pat 00042")]
    [InlineData("1963-07-04")]
    [InlineData("19630704")]
    [InlineData("ACC00123")]
    [InlineData("Larchfield")]
    [InlineData("call 01314960294")]
    [InlineData("0131-496-0294")]
    [InlineData("Abernethy")]
    [InlineData("Kilbrannoch")]
    public void An_identifier_in_a_private_attribute_is_refused(string left)
    {
        var outcome = workplace.Run(Patient(), stages: Sabotaged(edited => edited.Set(new ValueElement(Private, VR.OB, System.Text.Encoding.UTF8.GetBytes(left)))));
        var refused = Assert.IsType<DeidOutcome.Refused>(outcome);
        Assert.Equal("verification", refused.Stage);
        Assert.DoesNotContain(left, refused.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(workplace.OutputFiles());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("iso-8859-1")]
    public void An_identifier_is_found_in_other_encodings(string encoding)
    {
        var bytes = System.Text.Encoding.GetEncoding(encoding).GetBytes("Zimmermann ");
        Assert.IsType<DeidOutcome.Refused>(workplace.Run(Patient(), stages: Sabotaged(edited => edited.Set(new ValueElement(Private, VR.UN, bytes)))));
    }

    [Fact]
    public void An_identifier_in_text_is_emptied_and_the_file_gets_out()
    {
        var outcome = workplace.Run(Patient(), stages: Sabotaged(edited => edited.SetString(Comments, VR.LT, "Film of Zimmermann, right knee")));
        Assert.IsType<DeidOutcome.Deidentified>(outcome);
        using var output = DicomFile.Parse(File.ReadAllBytes(workplace.OutputFiles().Single()));
        Assert.Equal("", output.DataSet.GetString(Comments));
    }

    [Fact]
    public void Only_the_value_that_holds_it_is_emptied()
    {
        workplace.Run(Patient(), stages: Sabotaged(edited => edited.SetString(DicomTags.ImageType, VR.CS, "ORIGINAL\\ZIMMERMANN\\AXIAL")));
        using var output = DicomFile.Parse(File.ReadAllBytes(workplace.OutputFiles().Single()));
        Assert.Equal("ORIGINAL\\\\AXIAL", output.DataSet.GetString(DicomTags.ImageType));
    }

    [Theory]
    [InlineData("May be a right chest image")]
    [InlineData("R 1")]
    [InlineData("CT of the head with contrast at the general hospital")]
    public void Common_and_short_words_are_no_findings(string text)
    {
        var file = DicomBytes.File().Text(0x00080018, "UI", "1.2.3").Text(0x00080080, "LO", "General Hospital").Text(0x00100010, "PN", "May^R").Text(0x00100020, "LO", "1").ToArray();
        workplace.Run(file, stages: Sabotaged(edited => edited.SetString(Comments, VR.LT, text)));
        using var output = DicomFile.Parse(File.ReadAllBytes(workplace.OutputFiles().Single()));
        Assert.Equal(text, output.DataSet.GetString(Comments));
    }

    [Fact]
    public void A_short_name_counts_when_it_is_the_whole_value_of_a_name_attribute()
    {
        var file = DicomBytes.File().Text(0x00080018, "UI", "1.2.3").Text(0x00100010, "PN", "May^R").Text(0x00100020, "LO", "1").ToArray();
        Assert.IsType<DeidOutcome.Refused>(workplace.Run(file, stages: Sabotaged(edited => edited.SetString(DicomTags.PatientName, VR.PN, "May^R"))));
    }

    [Fact]
    public void A_long_number_is_found_inside_a_UID()
    {
        var file = DicomBytes.File().Text(0x00080018, "UI", "1.2.3").Text(0x00100020, "LO", "0504854186").ToArray();
        Assert.IsType<DeidOutcome.Refused>(workplace.Run(file, stages: Sabotaged(edited => edited.SetString(DicomTags.FrameOfReferenceUid, VR.UI, "1.2.3.10504854186.4"))));
    }

    [Fact]
    public void A_name_of_ideographs_is_found_without_blanks_around_it()
    {
        var file = DicomBytes.File().Text(0x00080005, "CS", "ISO_IR 192").Text(0x00080018, "UI", "1.2.3").Text(0x00100010, "PN", "Wang^XiaoDong=王^小东").ToArray();
        Assert.IsType<DeidOutcome.Refused>(workplace.Run(file, stages: Sabotaged(edited => edited.Set(new ValueElement(Private, VR.OB, System.Text.Encoding.UTF8.GetBytes("患者王小东的"))))));
    }

    [Fact]
    public void What_the_policy_keeps_is_not_searched_for_and_the_report_says_so()
    {
        var policy = new DeidPolicy { Retain = RetainOptions.InstitutionIdentity };
        var outcome = workplace.Run(Patient(), policy);
        Assert.Contains(Assert.IsType<DeidOutcome.Deidentified>(outcome).Report.Notes, note => note.StartsWith("(0008,0080) is kept by policy", StringComparison.Ordinal));
    }

    [Fact]
    public void A_role_in_place_of_a_name_is_no_finding()
    {
        var original = DicomBytes.File().Text(0x00080018, "UI", "1.2.3.4.5").Text(0x00081070, "PN", "Observer^Verifying").Text(0x00100020, "LO", "PAT-00042").ToArray();
        workplace.Run(original, stages: Sabotaged(edited => edited.SetString(Comments, VR.LT, "Recording Observer's Name")));
        using var output = DicomFile.Parse(File.ReadAllBytes(workplace.OutputFiles().Single()));
        Assert.Equal("Recording Observer's Name", output.DataSet.GetString(Comments));
    }

    private static List<IDeidStage> Sabotaged(Action<DicomDataSet> sabotage) => [.. Workplace.ProfileStages(new DeidPolicy()), new Sabotage(sabotage)];

    private static byte[] Patient() => DicomBytes.File().Text(0x00080018, "UI", "1.2.3.4.5").Text(0x00080050, "SH", "ACC00123").Text(0x00080080, "LO", "Kilbrannoch Infirmary")
        .Text(0x00080090, "PN", "Abernethy^Morag").Text(0x00100010, "PN", "Zimmermann^Klara").Text(0x00100020, "LO", "PAT-00042").Text(0x00100030, "DA", "19630704")
        .Text(0x00101040, "LO", "14 Larchfield Terrace").Text(0x00102154, "SH", "0131 496 0294").ToArray();

    private sealed class Sabotage(Action<DicomDataSet> act) : IDeidStage
    {
        public string Name => "sabotage";

        public Refusal? Apply(DeidContext context, CancellationToken cancellation)
        {
            act(context.Edited);
            return null;
        }
    }
}
