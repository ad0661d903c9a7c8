using System.Text;
using Smi.Deid.Tags.Ctp;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Tags.Ctp;

/// <summary>Whole files under a script: engines that follow it, method attributes, and what is left when nothing is left.</summary>
public sealed class ScriptedFileTests : IDisposable
{
    private static readonly DicomTag Method = DicomTags.DeidentificationMethod;
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public void A_data_set_that_becomes_empty_is_written_in_strict_mode_only()
    {
        const string everything = "<r en=\"T\" t=\"unspecifiedelements\"/>";
        var file = DicomBytes.File().Text(0x00100010, "PN", "Zimmermann^Klara").ToArray();
        Assert.Equal("tags", Assert.IsType<DeidOutcome.Refused>(Run(file, everything, CleanOptions.None)).Stage);
        Assert.IsType<DeidOutcome.Deidentified>(Run(file, everything, CleanOptions.None, isStrict: true));
        Assert.DoesNotContain("Zimmermann", Encoding.Latin1.GetString(File.ReadAllBytes(workplace.OutputFiles().Single())));
    }

    [Fact]
    public void What_the_script_says_of_its_method_stays_and_what_was_done_besides_comes_behind_it()
    {
        var output = Deidentify(Report("No focal lesion."),
            CtpFixture.Rule("00120063", "@always()Hospital script 7") + CtpFixture.Rule("00120064", "113100/113105"), CleanOptions.Descriptors | CleanOptions.StructuredContent);
        Assert.Equal(["Hospital script 7", "Clean Structured Content Option", "Clean Descriptors Option"], output.GetStrings(Method));
        Assert.Equal(["113100", "113105", "113104"], Codes(output));
    }

    [Fact]
    public void Without_cleaning_nothing_is_added_to_what_the_script_says()
    {
        var output = Deidentify(Report("No focal lesion."), CtpFixture.Rule("00120063", "@always()Hospital script 7"), CleanOptions.None);
        Assert.Equal("Hospital script 7", output.GetString(Method));
        Assert.False(output.Contains(DicomTags.DeidentificationMethodCodeSequence));
    }

    [Fact]
    public void Texts_that_the_script_leaves_are_cleaned_and_none_is_put_back()
    {
        var output = Deidentify(Report("Klara Zimmermann has no focal lesion."), "", CleanOptions.StructuredContent | CleanOptions.Descriptors);
        var text = Content(output)?.GetString(DicomTags.TextValue);
        Assert.DoesNotContain("Zimmermann", text);
        Assert.Contains("no focal lesion", text);
        Assert.DoesNotContain("Zimmermann", output.GetString(DicomTags.StudyDescription));
        Assert.Contains("Knee", output.GetString(DicomTags.StudyDescription));

        Assert.False(Deidentify(Report("Klara Zimmermann"), CtpFixture.Rule("0040a730", "@remove()"), CleanOptions.StructuredContent).Contains(DicomTags.ContentSequence));
        var emptied = Deidentify(Report("Klara Zimmermann"), CtpFixture.Rule("0040a160", "@empty()") + CtpFixture.Rule("0040a123", "Script^Name"), CleanOptions.StructuredContent);
        Assert.Equal("", Content(emptied)?.GetString(DicomTags.TextValue));
        Assert.Equal("Script^Name", Content(emptied)?.GetString(new DicomTag(0x0040A123)));
    }

    [Fact]
    public void Names_of_persons_in_content_that_the_script_leaves_become_pseudonyms()
    {
        var name = Content(Deidentify(Report("No focal lesion."), "", CleanOptions.StructuredContent))?.GetString(new DicomTag(0x0040A123));
        Assert.Matches(@"^[A-Z2-7]{16}\^$", name);
    }

    [Fact]
    public void A_text_that_a_rule_writes_word_for_word_is_not_cleaned()
    {
        var output = Deidentify(Report("x"), CtpFixture.Rule("00081030", "Study of Dr Winterbottom"), CleanOptions.Descriptors);
        Assert.Equal("Study of Dr Winterbottom", output.GetString(DicomTags.StudyDescription));
    }

    [Fact]
    public void Names_in_the_items_of_a_method_code_sequence_go_through_the_rules()
    {
        var item = new DicomBytes().Text(0x00080100, "SH", "113100").Text(0x00100010, "PN", "Zimmermann^Klara");
        var file = Instance().ExplicitHeader(0x00120064, "SQ", (uint)item.ToArray().Length + 8).Item((uint)item.ToArray().Length).Append(item).ToArray();
        var output = Deidentify(file, CtpFixture.Rule("00120064", "113105"), CleanOptions.None);
        Assert.Equal(["113100", "113105"], Codes(output));
        Assert.False(output.FindSequence(DicomTags.DeidentificationMethodCodeSequence)?.Items[0].Contains(DicomTags.PatientName));
    }

    private static DicomBytes Instance() => DicomBytes.File().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.88.11").Text(0x00080018, "UI", "1.2.3.4.5");

    private static byte[] Report(string text)
    {
        var concept = new DicomBytes().Text(0x00080100, "SH", "121071").Text(0x00080102, "SH", "DCM").Text(0x00080104, "LO", "Finding");
        var item = new DicomBytes().Text(0x0040A010, "CS", "CONTAINS").Text(0x0040A040, "CS", "TEXT")
            .ExplicitHeader(0x0040A043, "SQ", (uint)concept.ToArray().Length + 8).Item((uint)concept.ToArray().Length).Append(concept)
            .Text(0x0040A123, "PN", "Winterbottom^Ada").Text(0x0040A160, "UT", text);
        return Instance().Text(0x00080060, "CS", "SR").Text(0x00081030, "LO", "Knee Zimmermann").Text(0x00100010, "PN", "Zimmermann^Klara")
            .ExplicitHeader(0x0040A730, "SQ", (uint)item.ToArray().Length + 8).Item((uint)item.ToArray().Length).Append(item).ToArray();
    }

    private static DicomDataSet? Content(DicomDataSet output) => output.FindSequence(DicomTags.ContentSequence)?.Items[0];

    private static IEnumerable<string?> Codes(DicomDataSet output) =>
        output.FindSequence(DicomTags.DeidentificationMethodCodeSequence)?.Items.Select(item => item.GetString(DicomTags.CodeValue)) ?? [];

    private DicomDataSet Deidentify(byte[] file, string rules, CleanOptions clean)
    {
        var outcome = Run(file, rules, clean);
        Assert.True(outcome is DeidOutcome.Deidentified, outcome.ToString());
        return DicomFile.Parse(File.ReadAllBytes(workplace.OutputFiles().Single())).DataSet;
    }

    private DeidOutcome Run(byte[] file, string rules, CleanOptions clean, bool isStrict = false)
    {
        File.WriteAllBytes(Path.Combine(workplace.Source.Path, "a.dcm"), file);
        var script = CtpScript.Parse(
            Encoding.UTF8.GetBytes($"<script>{CtpFixture.Rule("00100010", "@remove()")}{rules}</script>"), "test.script", new CtpScriptOptions { IsStrict = isStrict });
        var policy = new DeidPolicy { Script = script, IsStrictCtp = isStrict, Clean = clean };
        return DeidentifierFactory.Create(policy, workplace.Key).Run(workplace.Job("a.dcm", overwrite: true), TestContext.Current.CancellationToken);
    }
}
