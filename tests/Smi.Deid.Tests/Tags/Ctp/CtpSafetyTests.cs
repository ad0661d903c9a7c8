using Smi.Deid.Tags.Ctp;
using Smi.Dicom;

namespace Smi.Deid.Tests.Tags.Ctp;

/// <summary>Where results differ from the original's on purpose, and that strict mode gives the original's.</summary>
public sealed class CtpSafetyTests
{
    private static readonly CtpScriptOptions Strict = new() { IsStrict = true };
    private static readonly DicomTag ReferencedStudy = new(0x00081110);

    [Theory]
    [InlineData("00080020", "hello")]
    [InlineData("00080030", "@blank(4)")]
    [InlineData("00280010", "70000")]
    public void Empties_what_a_rule_cannot_write(string tag, string text)
    {
        Assert.True(DicomTag.TryParse(tag, out var parsed));
        var rule = CtpFixture.Rule(tag, text);
        Assert.Equal("", CtpFixture.Apply(rule).GetString(parsed));
        Assert.NotEqual("", CtpFixture.Apply(rule, null, Strict).GetString(parsed));
    }

    [Fact]
    public void Removes_bytes_that_a_rule_cannot_write_and_says_so()
    {
        var dataSet = CtpFixture.Patient();
        dataSet.Set(new ValueElement(DicomTags.EncapsulatedDocument, VR.OB, "%PDF"u8.ToArray()));
        var context = CtpFixture.Context(dataSet);
        Assert.Null(new CtpTagStage(CtpFixture.Script(CtpFixture.Rule("00420011", "none"))).Apply(context, TestContext.Current.CancellationToken));
        Assert.False(context.Edited.Contains(DicomTags.EncapsulatedDocument));
        Assert.Contains(context.Report.Notes, note => note.Contains("(0042,0011)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<e en=\"T\" t=\"00081110\">@keep()</e>")]
    [InlineData("<k en=\"T\" t=\"0008\">x</k>")]
    public void Takes_the_items_of_a_kept_sequence_through_the_rules(string keep)
    {
        var rules = keep + CtpFixture.Rule("00100010", "ANON");
        Assert.Equal("ANON", NestedName(CtpFixture.Apply(rules, WithNestedName())));
        Assert.Equal("Smith^John", NestedName(CtpFixture.Apply(rules, WithNestedName(), Strict)));
    }

    [Fact]
    public void Keeps_harmless_attributes_in_a_sequence_kept_by_name_and_removes_identifying_ones()
    {
        var dataSet = WithNestedName();
        dataSet.FindSequence(ReferencedStudy)?.Items[0].SetString(DicomTags.Modality, VR.CS, "MR");
        var result = CtpFixture.Apply("<e en=\"T\" t=\"00081110\">@keep()</e><r en=\"T\" t=\"unspecifiedelements\">x</r>", dataSet);
        var item = Assert.Single(result.FindSequence(ReferencedStudy)?.Items ?? []);
        Assert.Equal("MR", item.GetString(DicomTags.Modality));
        Assert.False(item.Contains(DicomTags.PatientName));
    }

    [Fact]
    public void Process_applies_the_switches_inside()
    {
        var result = CtpFixture.Apply("<e en=\"T\" t=\"00081110\">@process()</e><r en=\"T\" t=\"unspecifiedelements\">x</r>", WithNestedName(), Strict);
        Assert.Equal(0, Assert.Single(result.FindSequence(ReferencedStudy)?.Items ?? []).Count);
    }

    [Fact]
    public void Empties_a_sequence()
    {
        var rule = CtpFixture.Rule("00081110", "@empty()");
        Assert.Equal(0, CtpFixture.Apply(rule, WithNestedName()).FindSequence(ReferencedStudy)?.Items.Count);
        Assert.Equal(1, CtpFixture.Apply(rule, WithNestedName(), Strict).FindSequence(ReferencedStudy)?.Items.Count);
    }

    [Fact]
    public void Applies_rules_behind_pixel_data()
    {
        var dataSet = CtpFixture.Patient();
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[4]));
        dataSet.SetString(new DicomTag(0x7FE10010), VR.LO, "ACME");
        dataSet.SetString(new DicomTag(0x7FE11001), VR.LO, "Smith^John");
        var rules = CtpFixture.Rule("7fe11001", "ANON");
        Assert.Equal("ANON", CtpFixture.Apply(rules, dataSet).GetString(new DicomTag(0x7FE11001)));
        Assert.Equal("Smith^John", CtpFixture.Apply(rules, dataSet, Strict).GetString(new DicomTag(0x7FE11001)));
    }

    [Fact]
    public void Removes_pixel_data_when_a_rule_says_so()
    {
        var dataSet = CtpFixture.Patient();
        dataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[4]));
        var rule = CtpFixture.Rule("7fe00010", "@remove()");
        Assert.False(CtpFixture.Apply(rule, dataSet).Contains(DicomTags.PixelData));
        Assert.True(CtpFixture.Apply(rule, dataSet, Strict).Contains(DicomTags.PixelData));
    }

    [Fact]
    public void Removes_curves_by_their_switch_alone()
    {
        var dataSet = CtpFixture.Patient();
        dataSet.SetString(new DicomTag(0x50000022), VR.LO, "Smith");
        var rules = CtpFixture.Rule("00100010", "@remove()") + "<r en=\"T\" t=\"curves\">x</r>";
        Assert.False(CtpFixture.Apply(rules, dataSet).Contains(new DicomTag(0x50000022)));
        Assert.True(CtpFixture.Apply(rules, dataSet, Strict).Contains(new DicomTag(0x50000022)));
    }

    [Fact]
    public void A_value_in_a_file_cannot_command()
    {
        var dataSet = CtpFixture.Patient();
        dataSet.SetString(DicomTags.StudyDescription, VR.LO, "@keep()");
        var rule = CtpFixture.Rule("00100020", "@contents(StudyDescription)");
        Assert.Equal("@keep()", CtpFixture.Apply(rule, dataSet).GetString(DicomTags.PatientId));
        Assert.Equal("PAT-00042", CtpFixture.Apply(rule, dataSet, Strict).GetString(DicomTags.PatientId));
    }

    [Fact]
    public void Keeps_the_creator_of_a_block_that_still_has_attributes()
    {
        var dataSet = CtpFixture.Patient();
        dataSet.SetString(new DicomTag(0x00090010), VR.LO, "ACME");
        dataSet.SetString(new DicomTag(0x00090011), VR.LO, "OTHER");
        dataSet.SetString(new DicomTag(0x00091001), VR.LO, "kept");
        dataSet.SetString(new DicomTag(0x00091101), VR.LO, "Smith");
        var rules = "<e en=\"T\" t=\"0009[ACME]01\">@keep()</e><r en=\"T\" t=\"privategroups\">x</r>";
        var result = CtpFixture.Apply(rules, dataSet);
        Assert.Equal(["ACME", "kept"], result.Elements.Where(element => element.Tag.IsPrivate).OfType<ValueElement>().Select(result.TextOf));
        Assert.False(CtpFixture.Apply(rules, dataSet, Strict).Contains(new DicomTag(0x00090010)));
    }

    [Fact]
    public void Keeps_the_character_set_while_text_needs_it()
    {
        var dataSet = CtpFixture.Patient();
        dataSet.SetString(DicomTags.PatientName, VR.PN, "Zoë");
        var rules = "<e en=\"T\" t=\"00100010\">@keep()</e><r en=\"T\" t=\"unspecifiedelements\">x</r>";
        Assert.Equal("ISO_IR 100", CtpFixture.Apply(rules, dataSet).GetString(DicomTags.SpecificCharacterSet));
        Assert.False(CtpFixture.Apply(rules).Contains(DicomTags.SpecificCharacterSet));
    }

    [Fact]
    public void Tells_verification_what_the_script_keeps()
    {
        var context = CtpFixture.Context(CtpFixture.Patient());
        var rules = CtpFixture.Rule("00100010", "@remove()") + CtpFixture.Rule("00100020", "@keep()");
        Assert.Null(new CtpTagStage(CtpFixture.Script(rules)).Apply(context, TestContext.Current.CancellationToken));
        Assert.Contains(DicomTags.PatientId, context.KeptByPolicy);
        Assert.DoesNotContain(DicomTags.PatientName, context.KeptByPolicy);
    }

    [Fact]
    public void Stops_an_expression_that_would_run_for_ever()
    {
        var dataSet = CtpFixture.Patient();
        dataSet.SetString(DicomTags.PatientId, VR.LO, new string('a', 60));
        var refusal = CtpFixture.Refuse(CtpFixture.Rule("00100020", "@if(this,matches,\"(a+)+(?!x)b\"){T}{F}"), dataSet);
        Assert.Contains("too long", refusal?.Reason ?? "");
    }

    private static DicomDataSet WithNestedName()
    {
        var item = new DicomDataSet();
        item.SetString(DicomTags.PatientName, VR.PN, "Smith^John");
        var dataSet = CtpFixture.Patient();
        dataSet.Set(new SequenceElement(ReferencedStudy, [item]));
        return dataSet;
    }

    private static string? NestedName(DicomDataSet dataSet) => dataSet.FindSequence(ReferencedStudy)?.Items[0].GetString(DicomTags.PatientName);
}
