using System.Text;
using Smi.Deid.Tags.Ctp;
using Smi.Dicom;

namespace Smi.Deid.Tests.Tags.Ctp;

/// <summary>What the description of the language says in examples, line by line, in strict mode: results of the original.</summary>
public sealed class CtpLanguageTests
{
    private static readonly CtpScriptOptions Strict = new() { IsStrict = true };
    private static readonly DicomTag Weight = new(0x00101030);
    private static readonly DicomTag Sequence = new(0x00081140);

    [Theory]
    [InlineData("x@UIDROOT y", "x")]
    [InlineData("a@b.com (x) y", "a@b.com(x) y")]
    [InlineData("@KEEP()", "@KEEP()")]
    [InlineData("x@keep()", "x@keep()")]
    [InlineData("@keep()x", "@keep()x")]
    [InlineData("a\\\\b", "a\\b")]
    [InlineData("trailing\\", "trailing")]
    [InlineData("@scramble(PatientID)", "@scramble(PatientID)")]
    [InlineData("@hash(\"PatientID\")", null)]
    [InlineData("@round(PatientAge,\"5\")", "(PatientAge,\"5\")")]
    [InlineData("@hash()", "()")]
    [InlineData("@value(PatientWeight,@SITEID)", "@SITEID")]
    [InlineData("@truncate(PatientName,@SITEID)", "Smith^John^Q")]
    [InlineData("@pathelement(StudyDescription,7)", "CT Head W/O Contrast 2004")]
    [InlineData("@pathelement(StudyDescription,0)", "CT Head W")]
    [InlineData("@param($SITEID)", "99")]
    [InlineData("@param(plain)", "plain")]
    [InlineData("@hashptid(@SITEID,PatientWeight)", "306788735976051981660992643846104128396")]
    [InlineData("@hashuid(@UIDROOT,PatientWeight)", null)]
    [InlineData("@hash(PatientWeight)", null)]
    [InlineData("@incrementdate(PatientWeight,5)", null)]
    [InlineData("@incrementdate(StudyTime,5)", "")]
    [InlineData("@incrementdate(StudyDate,3.5)", "")]
    [InlineData("@incrementdate(StudyDate,\"5\")", "")]
    [InlineData("@incrementdate(StudyDate,@NOPE)", "")]
    [InlineData("@modifydate(StudyDate,1900,*,*)", "19000119")]
    [InlineData("@if(PatientID,exists){T}", "T")]
    [InlineData("@if(PatientWeight,exists){T}", "")]
    [InlineData("@if(PatientID,nonsense,x){T}{F}", "F")]
    [InlineData("@if(PatientID,equals){T}{F}", "F")]
    [InlineData("@if(PatientID,contains,\"at-0\") {T} \n {F}", "T")]
    [InlineData("@if(SITEID,equals,99){T}{F}", "F")]
    [InlineData("@if(PatientAge,greaterthan,057Y){T}{F}", "F")]
    [InlineData("@contents(Patient ID)", "")]
    [InlineData("@contents({PatientID})", "PAT-00042")]
    [InlineData("@contents((10,20))", "PAT-00042")]
    [InlineData("@contents(00100020)", "PAT-00042")]
    [InlineData("@contents(StudyDescription,\" \",\"_\")", "CT_Head_W/O_Contrast_2004")]
    [InlineData("@contents(StudyDescription,\"a\",\"b\",\"c\")", "")]
    [InlineData("@lookup(PatientID,ptid,default,\"dd\")", "dd")]
    [InlineData("@lookup(PatientID,ptid,empty)", "")]
    [InlineData("@lookup(PatientID,ptid,remove)", null)]
    [InlineData("@lookup(PatientID,ptid,ignore,\"PAT-\\\\d+\")", "PAT-00042")]
    [InlineData("@lowercase(PatientName)", "smith^john^q")]
    [InlineData("@initials(PatientWeight)", "X")]
    [InlineData("@time()", "173552")]
    [InlineData("@date()", "20261123")]
    public void A_new_attribute_has_the_value_of_its_expression(string expression, string? expected) => Assert.Equal(expected, CtpFixture.Value(expression, isStrict: true));

    [Theory]
    [InlineData("@keep", "")]
    [InlineData("@contents(PatientID", "")]
    [InlineData("abc@remove()def", null)]
    [InlineData("@blank(x7y)", "")]
    [InlineData("@hash(PatientID,8)", "11045746")]
    [InlineData("@round(PatientAge,5)", "055Y")]
    [InlineData("@param(@X)", null)]
    [InlineData("@if(PatientID,isblank){@remove()}{@keep()}", "CT Head W/O Contrast 2004")]
    [InlineData("@require()", "CT Head W/O Contrast 2004")]
    [InlineData("@process()", "CT Head W/O Contrast 2004")]
    [InlineData("@append(){more}", "CT Head W/O Contrast 2004\\more")]
    public void An_attribute_that_is_there_takes_the_value_of_its_rule(string rule, string? expected) =>
        Assert.Equal(expected, CtpFixture.Apply("<p t=\"X\">@remove()</p>" + CtpFixture.Rule("00081030", rule), null, Strict).GetString(DicomTags.StudyDescription));

    [Theory]
    [InlineData("057Y", "@round(this,5)", "055Y")]
    [InlineData("58Y", "@round(this,5)", "060Y")]
    [InlineData("3M", "@round(this,5)", "5M")]
    [InlineData("Y", "@round(this,5)", "(this,5)")]
    public void Ages_are_rounded_to_bins(string age, string rule, string expected)
    {
        var dataSet = CtpFixture.Patient();
        dataSet.SetString(DicomTags.PatientAge, VR.AS, age);
        Assert.Equal(expected, CtpFixture.Apply(CtpFixture.Rule("00101010", rule), dataSet, Strict).GetString(DicomTags.PatientAge));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("2000")]
    [InlineData("2000.01.01")]
    [InlineData("2000-01-01")]
    [InlineData("@blank(4)")]
    public void A_value_that_is_no_date_leaves_the_original_in_strict_mode_and_nothing_in_safe_mode(string rule)
    {
        Assert.Equal("20040119", CtpFixture.Apply(CtpFixture.Rule("00080020", rule), null, Strict).GetString(DicomTags.StudyDate));
        Assert.Equal("", CtpFixture.Apply(CtpFixture.Rule("00080020", rule)).GetString(DicomTags.StudyDate));
    }

    [Theory]
    [InlineData("20040119", 1, "20040120")]
    [InlineData("20040230", 1, "20040302")]
    [InlineData("20041301", 1, "20050102")]
    [InlineData("20040119\\20040220", 1, "20040120\\20040221")]
    public void Dates_move_on_a_lenient_calendar(string before, int days, string after)
    {
        var dataSet = CtpFixture.Patient();
        dataSet.SetString(DicomTags.StudyDate, VR.DA, before);
        Assert.Equal(after, CtpFixture.Apply(CtpFixture.Rule("00080020", $"@incrementdate(this,{days})"), dataSet, Strict).GetString(DicomTags.StudyDate));
    }

    [Fact]
    public void An_emptied_name_is_two_blanks_and_blanks_stay_in_a_name()
    {
        Assert.Equal("  "u8.ToArray(), Bytes("@empty()"));
        Assert.Equal("    "u8.ToArray(), Bytes("@blank(4)"));
        Assert.Equal(56, Bytes("@blank(99)").Length);

        static byte[] Bytes(string rule) => CtpFixture.Apply(CtpFixture.Rule("00100010", rule), null, Strict).FindValue(DicomTags.PatientName)?.Value.ToMemory().ToArray() ?? [];
    }

    [Theory]
    [InlineData("A^B^C^D^E^F", "A^B^C^D^F")]
    [InlineData("^^^", "")]
    [InlineData("A^B^=", "A^B")]
    public void Names_are_written_in_their_form(string rule, string expected) =>
        Assert.Equal(expected, CtpFixture.Apply(CtpFixture.Rule("00100010", rule), null, Strict).GetString(DicomTags.PatientName));

    [Fact]
    public void Of_several_UIDs_one_is_made_and_an_empty_one_is_hashed()
    {
        var dataSet = CtpFixture.Patient();
        dataSet.SetString(DicomTags.SopInstanceUid, VR.UI, "");
        var root = CtpFixture.Apply(CtpFixture.Rule("00080018", "@hashuid(@UIDROOT,this)"), dataSet, Strict).GetString(DicomTags.SopInstanceUid);
        Assert.Equal("9999.281949768489412648962353822266799178366", root);
        dataSet.SetString(DicomTags.SopInstanceUid, VR.UI, "1.2\\3.4");
        Assert.DoesNotContain('\\', CtpFixture.Apply(CtpFixture.Rule("00080018", "@hashuid(@UIDROOT,this)"), dataSet, Strict).GetString(DicomTags.SopInstanceUid) ?? "\\");
    }

    [Fact]
    public void Rules_go_into_items_only_through_a_sequences_own_process()
    {
        var rules = CtpFixture.Rule("00100010", "@select(){root}{item}");
        Assert.Equal("Smith^John", Name(CtpFixture.Apply(rules, WithItem(), Strict)));
        Assert.Equal("item", Name(CtpFixture.Apply(rules + CtpFixture.Rule("00081140", "@process()"), WithItem(), Strict)));
        Assert.Equal("root", CtpFixture.Apply(rules, WithItem(), Strict).GetString(DicomTags.PatientName));

        static string? Name(DicomDataSet dataSet) => dataSet.FindSequence(Sequence)?.Items[0].GetString(DicomTags.PatientName);
    }

    [Fact]
    public void A_path_steps_through_first_items_and_from_the_outermost_data_set()
    {
        Assert.Equal("Smith^John", Value("@contents(RefImageSeq::PatientName)", WithItem()));
        Assert.Equal("PAT-00042", Nested("@contents(root:PatientID)"));
        Assert.Equal("", Nested("@contents(PatientID)"));

        static string? Value(string expression, DicomDataSet dataSet) =>
            CtpFixture.Apply(CtpFixture.Rule("00204000", "@always()" + expression), dataSet, Strict).GetString(new DicomTag(0x00204000));

        static string? Nested(string expression) =>
            CtpFixture.Apply(CtpFixture.Rule("00081140", "@process()") + CtpFixture.Rule("00100010", expression), WithItem(), Strict).FindSequence(Sequence)?.Items[0].GetString(DicomTags.PatientName)?.Trim();
    }

    [Theory]
    [InlineData("113100/113105", "113100,113105")]
    [InlineData("113100/reset/999", "999")]
    public void The_rule_of_the_method_codes_is_a_list(string rule, string expected)
    {
        var items = CtpFixture.Apply(CtpFixture.Rule("00120064", rule), null, Strict).FindSequence(DicomTags.DeidentificationMethodCodeSequence)?.Items ?? [];
        Assert.Equal(expected, string.Join(',', items.Select(item => item.GetString(DicomTags.CodeValue))));
        Assert.All(items, item => Assert.Equal(item.GetString(DicomTags.CodeValue) == "999" ? "UNKNOWN" : "DCM", item.GetString(DicomTags.CodingSchemeDesignator)));
    }

    [Theory]
    [InlineData("set.[0010,0010]PatientName=NEW\nparam.UIDROOT=1.2\n", "NEW", "PAT-00042")]
    [InlineData("#set.[0010,0020]PatientID=OFF\nset.[0010,0010]=N\\u0045W\n", "NEW", "PAT-00042")]
    [InlineData("set.[0010,0010]=NEW\nkeep.group0010=\nremove.unspecifiedelements=\n", "NEW", "PAT-00042")]
    [InlineData("set.[0010,0010]=NEW\nremove.unspecifiedelements=\n", "NEW", null)]
    public void The_properties_form_does_the_same(string script, string name, string? id)
    {
        var context = CtpFixture.Context(CtpFixture.Patient(), isStrict: true);
        Assert.Null(new CtpTagStage(CtpScript.Parse(Encoding.UTF8.GetBytes(script), "a.script", Strict)).Apply(context, TestContext.Current.CancellationToken));
        Assert.Equal(name, context.Edited.GetString(DicomTags.PatientName));
        Assert.Equal(id, context.Edited.GetString(DicomTags.PatientId));
    }

    [Theory]
    [InlineData("0010,0020")]
    [InlineData("(0010,0020)")]
    [InlineData("PatientID")]
    [InlineData("100020")]
    [InlineData("0010002")]
    public void A_rule_whose_tag_is_none_has_no_effect_in_strict_mode_and_stops_the_start_otherwise(string tag)
    {
        var rules = CtpFixture.Rule("00100010", "x") + CtpFixture.Rule(tag, "NEW");
        Assert.Equal("PAT-00042", CtpFixture.Apply(rules, null, Strict).GetString(DicomTags.PatientId));
        Assert.Throws<CtpScriptException>(() => CtpFixture.Script(rules));
    }

    [Fact]
    public void Numbers_are_written_only_where_they_fit()
    {
        Assert.Equal("7", CtpFixture.Apply(CtpFixture.Rule("00280010", "7"), null, Strict).GetString(DicomTags.Rows));
        Assert.Equal("4", CtpFixture.Apply(CtpFixture.Rule("00280010", "70000"), null, Strict).GetString(DicomTags.Rows));
        Assert.Equal("", CtpFixture.Apply(CtpFixture.Rule("00280010", "-1")).GetString(DicomTags.Rows));
        Assert.False(CtpFixture.Apply(CtpFixture.Rule("00101030", "@always()@keep()"), null, Strict).Contains(Weight));
    }

    private static DicomDataSet WithItem()
    {
        var item = new DicomDataSet();
        item.SetString(DicomTags.PatientName, VR.PN, "Smith^John");
        var dataSet = CtpFixture.Patient();
        dataSet.Set(new SequenceElement(Sequence, [item]));
        return dataSet;
    }
}
