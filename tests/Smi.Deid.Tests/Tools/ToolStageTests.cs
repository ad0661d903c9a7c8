using Smi.Deid.Files;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tools;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Tools;

/// <summary>Files that come through a tool on their whole journey.</summary>
[Collection(ToolProcesses.Name)]
public sealed class ToolStageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("smi-tool-stage-").FullName;

    public ToolStageTests()
    {
        Directory.CreateDirectory(In);
        Directory.CreateDirectory(Out);
    }

    private string In => Path.Combine(folder, "in put");

    private string Out => Path.Combine(folder, "out put");

    private string Work => Path.Combine(folder, "work");

    public void Dispose()
    {
        Assert.Empty(Directory.GetFiles(Work, "*", SearchOption.AllDirectories));
        Assert.Empty(ToolWorkplace.RunningTools());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_tool_for_tags_decides_about_all_attributes_and_the_file_says_so()
    {
        using var output = Deidentify(TestFiles.Patient(), Honest(Liar.Lines("honest")));
        Assert.Equal("XXX-XXXXX", output.DataSet.GetString(DicomTags.PatientId));
        Assert.Equal("1.2.3.4.5", output.DataSet.GetString(DicomTags.SopInstanceUid));
        Assert.Contains("Attributes by the tool liar", output.DataSet.GetStrings(DicomTags.DeidentificationMethod));
        Assert.DoesNotContain("Basic Application Confidentiality Profile", output.DataSet.GetStrings(DicomTags.DeidentificationMethod));
    }

    [Fact]
    public void A_file_of_another_modality_is_done_by_our_engine()
    {
        using var output = Deidentify(TestFiles.Patient("MR"), Honest(Liar.Lines("honest")) with { Modalities = ["CT"] });
        Assert.NotEqual("1.2.3.4.5", output.DataSet.GetString(DicomTags.SopInstanceUid));
        Assert.Contains("Basic Application Confidentiality Profile", output.DataSet.GetStrings(DicomTags.DeidentificationMethod));
    }

    [Theory]
    [InlineData("gives the original back", "gave the original back")]
    [InlineData("refuses", "cannot do this file")]
    public void What_a_tool_may_not_let_out_is_refused(string lie, string why)
    {
        var refused = Assert.IsType<DeidOutcome.Refused>(Run(TestFiles.Patient(), Liar.Once(lie)));
        Assert.Equal("tags", refused.Stage);
        Assert.Contains(why, refused.Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Out));
    }

    [Fact]
    public void A_tool_for_tags_that_loses_the_pixels_is_not_believed()
    {
        var loses = Liar.Once("honest") with { Command = "/bin/sh", Arguments = ["-c", $"cp '{Save(TestFiles.Patient(), "without.dcm")}' \"$1\"", "sh", "{target}"] };
        var refused = Assert.IsType<DeidOutcome.Refused>(Run(Image("TEXTTEXTTEXTTEXT"), loses));
        Assert.Contains("lost the Pixel Data", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_identifier_that_a_tool_leaves_is_found_by_verification()
    {
        var leaking = Liar.Once("honest") with { Environment = new Dictionary<string, string> { ["LIAR_REPLACE"] = "PAT-00042=XXX-XXXXX" } };
        var refused = Assert.IsType<DeidOutcome.Refused>(Run(TestFiles.Patient(), leaking));
        Assert.Equal("verification", refused.Stage);
        Assert.DoesNotContain("Zimmermann", refused.Reason, StringComparison.Ordinal);
        Assert.IsType<DeidOutcome.Deidentified>(Run(TestFiles.Patient(), leaking with { MayKeep = [DicomTags.PatientName] }));
    }

    [Fact]
    public void A_tool_for_tags_that_reads_the_edited_file_works_behind_our_engine()
    {
        var tool = Liar.Once("honest") with { Reads = ToolInput.Edited, Environment = new Dictionary<string, string> { ["LIAR_REPLACE"] = "12345=54321" } };
        using var output = Deidentify(TestFiles.Patient().Text(0x00201041, "DS", "12345"), tool);
        Assert.Equal("54321", output.DataSet.GetString(new DicomTag(0x00201041)));
        Assert.NotEqual("1.2.3.4.5", output.DataSet.GetString(DicomTags.SopInstanceUid));
    }

    [Fact]
    public void Of_a_tool_for_pixels_that_reads_the_original_only_the_pixels_are_taken()
    {
        var tool = Liar.Once("honest") with { Stage = ToolStageKind.Pixels, Environment = new Dictionary<string, string> { ["LIAR_REPLACE"] = "TEXTTEXT=........" } };
        using var output = Deidentify(Image("TEXTTEXTTEXTTEXT"), tool);
        Assert.Equal("................", System.Text.Encoding.ASCII.GetString(Assert.IsType<ValueElement>(output.DataSet.Find(DicomTags.PixelData)).Value.ToMemory().Span));
        Assert.NotEqual(TestFiles.Id, output.DataSet.GetString(DicomTags.PatientId));
        Assert.NotEqual("1.2.3.4.5", output.DataSet.GetString(DicomTags.SopInstanceUid));
        Assert.Contains("Clean Pixel Data Option", output.DataSet.GetStrings(DicomTags.DeidentificationMethod));
        Assert.Equal("NO", output.DataSet.GetString(DicomTags.BurnedInAnnotation));
    }

    [Fact]
    public void Of_a_tool_for_pixels_that_makes_another_image_nothing_is_taken()
    {
        var smaller = Liar.Once("honest") with { Stage = ToolStageKind.Pixels, Command = "/bin/sh", Arguments = ["-c", $"cp '{Save(Image("TEXTTEXT", rows: 2), "other.dcm")}' \"$1\"", "sh", "{target}"] };
        var refused = Assert.IsType<DeidOutcome.Refused>(Run(Image("TEXTTEXTTEXTTEXT"), smaller));
        Assert.Equal("pixels", refused.Stage);
        Assert.Contains("another size", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_for_reports_changes_the_edited_file_and_only_its_texts_are_taken()
    {
        // It takes the text of the original and puts something else where the name was, and it also changes an attribute, which is not its business.
        var original = Report();
        var rewritten = Save(Report(TestFiles.Patient("SR").Text(0x00280303, "CS", "SPOILT")), "rewritten.dcm");
        var tool = new ToolDefinition
        {
            Name = "reports",
            Stage = ToolStageKind.Reports,
            Modalities = ["SR"],
            Reads = ToolInput.Both,
            Command = "/bin/sh",
            Arguments = ["-c", $"test -s \"$2\" && sed 's/Zimmermann/XXXXXXXXXX/g' '{rewritten}' > \"$2\"", "sh", "{source}", "{target}"],
        };
        using var output = Deidentify(original, tool);
        var text = output.DataSet.FindSequence(DicomTags.ContentSequence)?.Items[0].GetString(DicomTags.TextValue);
        Assert.DoesNotContain("Zimmermann", text, StringComparison.Ordinal);
        Assert.Contains("well", text, StringComparison.Ordinal);
        Assert.NotEqual("SPOILT", output.DataSet.GetString(DicomTags.LongitudinalTemporalInformationModified));
        Assert.NotEqual("1.2.3.4.5", output.DataSet.GetString(DicomTags.SopInstanceUid));
        Assert.Contains("Clean Structured Content Option", output.DataSet.GetStrings(DicomTags.DeidentificationMethod));
    }

    [Fact]
    public void An_original_that_could_be_written_reaches_the_tool_as_a_copy_that_cannot()
    {
        var tool = Honest(Liar.Once("honest")) with { Command = "/bin/sh", Arguments = ["-c", "test -f \"$1\" -a ! -L \"$1\" && test \"$(stat -c %a \"$1\")\" = 400 && exec /usr/bin/python3 \"$3\" honest once \"$1\" \"$2\"", "sh", "{source}", "{target}", Liar.Once("").Arguments[0]] };
        Assert.IsType<DeidOutcome.Deidentified>(Run(TestFiles.Patient(), tool));
        Assert.Equal(TestFiles.Patient().ToArray(), File.ReadAllBytes(Path.Combine(In, "a b.dcm")));
    }

    [Theory]
    [InlineData("{souce}", "no placeholder {souce}")]
    [InlineData("x", "would not know its file")]
    public void A_definition_that_cannot_work_is_named_before_a_file_is_touched(string argument, string why)
    {
        Directory.CreateDirectory(Work);
        var tool = Liar.Once("honest") with { Arguments = [argument] };
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => new ToolSet([tool], Work, SilentObserver.Instance)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_work_folder_that_others_may_write_to_is_not_used()
    {
        Directory.CreateDirectory(Work);
        File.SetUnixFileMode(Work, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);
        Assert.Contains("others may write", Assert.Throws<ArgumentException>(() => new ToolSet([Liar.Once("honest")], Work, SilentObserver.Instance)).Message, StringComparison.Ordinal);
    }

    private static ToolDefinition Honest(ToolDefinition tool) => tool with { Environment = new Dictionary<string, string> { ["LIAR_REPLACE"] = TestFiles.Replacement } };

    private static DicomBytes Image(string pixels, ushort rows = 4) => TestFiles.Patient()
        .UInt16(0x00280002, 1).Text(0x00280004, "CS", "MONOCHROME2").UInt16(0x00280010, rows).UInt16(0x00280011, 4)
        .UInt16(0x00280100, 8).UInt16(0x00280101, 8).UInt16(0x00280102, 7).UInt16(0x00280103, 0)
        .Explicit(0x7FE00010, "OB", System.Text.Encoding.ASCII.GetBytes(pixels));

    private static DicomBytes Report(DicomBytes? file = null) => (file ?? TestFiles.Patient("SR"))
        .ExplicitHeader(0x0040A730, "SQ", uint.MaxValue).Item(uint.MaxValue)
        .Text(0x0040A040, "CS", "TEXT")
        .ExplicitHeader(0x0040A043, "SQ", uint.MaxValue).Item(uint.MaxValue)
        .Text(0x00080100, "SH", "121071").Text(0x00080102, "SH", "DCM").Text(0x00080104, "LO", "Finding")
        .EndItem().EndSequence().Text(0x0040A160, "UT", "Klara Zimmermann is well")
        .EndItem().EndSequence();

    private string Save(DicomBytes file, string name)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, file.ToArray());
        return path;
    }

    private DicomFile Deidentify(DicomBytes file, ToolDefinition tool)
    {
        var outcome = Run(file, tool);
        Assert.True(outcome is DeidOutcome.Deidentified, outcome.ToString());
        return DicomFile.Parse(File.ReadAllBytes(Assert.Single(Directory.GetFiles(Out))));
    }

    private DeidOutcome Run(DicomBytes file, ToolDefinition tool)
    {
        File.WriteAllBytes(Path.Combine(In, "a b.dcm"), file.ToArray());
        using var tools = new ToolSet([tool], Work, SilentObserver.Instance);
        var policy = new DeidPolicy { Clean = CleanOptions.StructuredContent };
        var deidentifier = DeidentifierFactory.Create(policy, MasterKey.Random(), tools: tools);
        var (source, output) = (new ConfinedRoot(In), new ConfinedRoot(Out));
        var job = new DeidJob
        {
            Source = source.Find("a b.dcm") ?? throw new InvalidOperationException("no path"),
            Output = output.Find("a.dcm"),
            SubmittedAt = DateTimeOffset.UnixEpoch,
            Overwrite = true,
        };
        return deidentifier.Run(job, TestContext.Current.CancellationToken);
    }
}
