using System.Text;
using Smi.Deid.Explanations;
using Smi.Deid.Tags.Ctp;
using Smi.Deid.Tests.Tags.Ctp;
using Smi.Tests;

namespace Smi.Deid.Tests.Explanations;

/// <summary>A policy can be read: each attribute with what would happen and why.</summary>
public sealed class ExplanationTests : IDisposable
{
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Theory]
    [InlineData("(0010,0010) Patient's Name", "replaced", "pseudonym")]
    [InlineData("(0008,0050) Accession Number", "emptied", "Basic Profile Z")]
    [InlineData("(0010,1040) Patient's Address", "removed", "Basic Profile X")]
    [InlineData("(0008,0060) Modality", "kept", "not listed in table E.1-1")]
    [InlineData("(0008,0018) SOP Instance UID", "replaced", "Basic Profile U")]
    [InlineData("(0008,1030) Study Description", "replaced", "Clean Descriptors")]
    [InlineData("(0008,1110) Referenced Study Sequence", "kept, and its items are treated", "Basic Profile X/Z")]
    [InlineData("(0008,1110)[0].(0008,1155) Referenced SOP Instance UID", "replaced", "Basic Profile U")]
    [InlineData("(0009,1001)", "removed", "not on the list")]
    [InlineData("(0019,0010)", "removed", "private creator")]
    [InlineData("(0012,0062) Patient Identity Removed", "made", "what was done")]
    public void A_profile_says_of_each_attribute_of_a_file_what_happens_and_why(string path, string what, string why)
    {
        var policy = new DeidPolicy { Retain = RetainOptions.SafePrivate, Clean = CleanOptions.Descriptors };
        var attribute = Explain(policy).Attributes.Single(attribute => attribute.Path == path);
        Assert.Equal(what, attribute.What);
        Assert.Contains(why, attribute.Why);
    }

    [Theory]
    [InlineData("(0010,0010) Patient's Name", "removed", "rule at line 2: @remove()")]
    [InlineData("(0010,0020) Patient ID", "replaced", "rule at line 3: @hash(this,8)")]
    [InlineData("(0008,0050) Accession Number", "removed", "unspecifiedelements")]
    [InlineData("(0010,1040) Patient's Address", "kept", "group 0010 is kept")]
    [InlineData("(0009,1001)", "removed", "privategroups")]
    [InlineData("(0012,0062) Patient Identity Removed", "made", "wanted by a rule")]
    [InlineData("(0008,1030) Study Description", "replaced", "rule at line 5: @keep(); then cleaned")]
    public void A_script_names_rule_and_line_or_the_switch_that_decides(string path, string what, string why)
    {
        var script = CtpScript.Parse(Encoding.UTF8.GetBytes(
            $"<script>\n{CtpFixture.Rule("00100010", "@remove()")}\n{CtpFixture.Rule("00100020", "@hash(this,8)")}\n{CtpFixture.Rule("00120062", "@always()YES")}\n{CtpFixture.Rule("00081030", "@keep()")}\n"
            + "<k en=\"T\" t=\"0010\"/><r en=\"T\" t=\"privategroups\"/><r en=\"T\" t=\"unspecifiedelements\"/></script>"), "a.script");
        var attribute = Explain(new DeidPolicy { Script = script, Clean = CleanOptions.Descriptors }).Attributes.Single(attribute => attribute.Path == path);
        Assert.Equal(what, attribute.What);
        Assert.Contains(why, attribute.Why);
    }

    [Fact]
    public void Values_stand_apart_from_the_sentences()
    {
        var explanation = Explain(new DeidPolicy());
        Assert.All(explanation.Attributes, attribute => Assert.DoesNotContain("Zimmermann", attribute.Path + attribute.What + attribute.Why));
        Assert.Contains(explanation.Attributes, attribute => attribute.Before == "Zimmermann^Klara" && attribute.After is { Length: 16 or 17 });
        Assert.Empty(workplace.OutputFiles());
    }

    [Fact]
    public void A_file_that_would_be_refused_says_why()
    {
        var script = CtpScript.Parse(Encoding.UTF8.GetBytes($"<script>{CtpFixture.Rule("00100010", "@quarantine()")}</script>"), "a.script");
        Assert.Contains("tags:", Explain(new DeidPolicy { Script = script }).Refusal);
    }

    [Fact]
    public void Every_row_of_the_profile_is_a_sentence_with_its_clause()
    {
        var sentences = PolicyExplanation.Of(new DeidPolicy { Retain = RetainOptions.DeviceIdentity | RetainOptions.LongitudinalModifiedDates }).ToList();
        Assert.Contains(sentences, sentence => sentence.StartsWith("(0008,0020) Study Date: moved", StringComparison.Ordinal) && sentence.Contains("E.1-1, option Retain Longitudinal Modified Dates"));
        Assert.Contains(sentences, sentence => sentence.StartsWith("(0018,1000) Device Serial Number: kept", StringComparison.Ordinal));
        Assert.True(sentences.Count > 550);
    }

    private FileExplanation Explain(DeidPolicy policy)
    {
        var path = Path.Combine(workplace.Source.Path, "a.dcm");
        var item = new DicomBytes().Text(0x00081155, "UI", "1.2.3.9").ToArray();
        File.WriteAllBytes(path, DicomBytes.File().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7").Text(0x00080018, "UI", "1.2.3.4.5").Text(0x00080050, "SH", "ACC12345")
            .Text(0x00080060, "CS", "OT").Text(0x00081030, "LO", "Knee Zimmermann")
            .ExplicitHeader(0x00081110, "SQ", (uint)item.Length + 8).Item((uint)item.Length).Raw(item)
            .Text(0x00090010, "LO", "ACME").Text(0x00091001, "LO", "x").Text(0x00100010, "PN", "Zimmermann^Klara").Text(0x00100020, "LO", "PAT-00042").Text(0x00101040, "LO", "14 Elm Row")
            .Text(0x00190010, "LO", "OTHER").Text(0x00191010, "LO", "y").ToArray());
        return FileExplanation.Of(path, policy, DeidentifierFactory.Create(policy, workplace.Key), DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
    }
}
