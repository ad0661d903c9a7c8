using Smi.Deid.Tags.Ctp;
using Smi.Dicom;

namespace Smi.Deid.Tests.Tags.Ctp;

/// <summary>Every function, with results that the original gave.</summary>
public sealed class CtpFunctionTests
{
    [Theory]
    [InlineData("@hash(PatientID)", "110457467568660035410850570838401084752")]
    [InlineData("@hash(PatientID,8)", "11045746")]
    [InlineData("@hash(PatientID,@SITEID)", "110457467568660035410850570838401084752")]
    [InlineData("@hashptid(@SITEID,PatientID)", "99286996536389339042036659553297148772")]
    [InlineData("@hashptid(@SITEID,PatientID,10)", "9928699653")]
    [InlineData("@hashptid(@SITEID)", "(@SITEID)")]
    [InlineData("@hashname(PatientName,6)", "111300")]
    [InlineData("@hashname(PatientName,6,1)", "976084")]
    [InlineData("@hashname(PatientName,6,2)", "148835")]
    [InlineData("@hashuid(@UIDROOT,SOPInstanceUID)", "9999.59466230175336036203084014467748397925")]
    [InlineData("@hashuid(@NOPE,SOPInstanceUID)", "(@NOPE,SOPInstanceUID)")]
    public void Hashes_to_the_digit(string expression, string expected) => Assert.Equal(expected, CtpFixture.Value(expression));

    [Fact]
    public void Appends_the_result_of_another_rule_before_it_hashes_a_uid()
    {
        var result = CtpFixture.Apply(CtpFixture.Rule("00100020", "NEWID") + CtpFixture.Rule("00080018", "@hashuid(@UIDROOT,this,PatientID)"));
        Assert.Equal("9999.86846140558270934969350493688839331150", result.GetString(DicomTags.SopInstanceUid));
    }

    [Theory]
    [InlineData("@incrementdate(StudyDate,@DATEINC)", "20030904")]
    [InlineData("@incrementdate(StudyDate,1)", "20040120")]
    [InlineData("@incrementdate(StudyDate,+5)", "20040124")]
    [InlineData("@modifydate(StudyDate,*,2,31)", "20040302")]
    [InlineData("@modifydate(StudyDate,*,13,*)", "20050119")]
    [InlineData("@modifydate(StudyDate,*,0,0)", "20031130")]
    [InlineData("@hashdate(StudyDate,PatientID)", "20010112")]
    [InlineData("@date(-)", "2026-11-23")]
    [InlineData("@time(:)", "17:35:52")]
    public void Moves_dates_and_tells_the_time_of_the_job(string expression, string expected) =>
        Assert.Equal(expected, CtpFixture.Value(expression));

    [Theory]
    [InlineData("20040119072730.123456", "20030904072730.123456")]
    [InlineData("20040119072730-0500", "20030904072730-0500")]
    [InlineData("2004011907", "")]
    [InlineData("20040230", "20031016")]
    public void Shifts_the_date_in_front_of_a_time(string original, string expected)
    {
        var dataSet = CtpFixture.Patient();
        dataSet.SetString(new DicomTag(0x0008002A), VR.DT, original);
        var result = CtpFixture.Apply(CtpFixture.Rule("0008002a", "@incrementdate(this,@DATEINC)"), dataSet);
        Assert.Equal(expected, result.GetString(new DicomTag(0x0008002A)));
    }

    [Theory]
    [InlineData("@round(PatientAge,5)", "055Y")]
    [InlineData("@round(PatientAge,10)", "060Y")]
    [InlineData("@round(PatientAge,\"5\")", "(PatientAge,\"5\")")]
    [InlineData("@initials(PatientName)", "JQS")]
    [InlineData("@initials(PatientName,3)", "MTV")]
    [InlineData("@initials(PatientName,-1)", "IPR")]
    [InlineData("@truncate(PatientName,4)", "Smit")]
    [InlineData("@truncate(PatientName,-4)", "hn^Q")]
    [InlineData("@pathelement(StudyDescription,-1)", "O Contrast 2004")]
    [InlineData("@contents(StudyDescription,\"(\\\\w+) (\\\\w+)\",\"$2 $1\")", "Head CT W/Contrast O 2004")]
    [InlineData("@contents(PatientID,\"[^0-9]\")", "00042")]
    [InlineData("@contents(Rows)", "4")]
    [InlineData("@contents((0010,0020))", "PAT-00042")]
    [InlineData("@contents([10,20])", "PAT-00042")]
    [InlineData("@contents(100020)", "PAT-00042")]
    [InlineData("@contents(TransferSyntaxUID)", "1.2.840.10008.1.2.1")]
    [InlineData("@value(PatientWeight,\"none\")", "none")]
    [InlineData("@uppercase(StudyDescription)", "CT HEAD W/O CONTRAST 2004")]
    [InlineData("@param(@NOPE)", "null")]
    [InlineData("@foo( 1 , 2 )z", "@foo(1,2)z")]
    [InlineData("\\@escaped", "@escaped")]
    [InlineData("@encrypt(PatientID,@KEY)", "kWLPaOmVU9MGC+0AJp7kVg==")]
    [InlineData("@encrypt(PatientWeight,@KEY)", "hAI7wZWTcVY=")]
    public void Makes_text(string expression, string expected) => Assert.Equal(expected, CtpFixture.Value(expression));

    [Fact]
    public void Decrypts_what_it_has_encrypted()
    {
        var dataSet = CtpFixture.Patient();
        dataSet.SetString(DicomTags.PatientId, VR.LO, "kWLPaOmVU9MGC+0AJp7kVg==");
        Assert.Equal("PAT-00042", CtpFixture.Apply(CtpFixture.Rule("00100020", "@decrypt(this,@KEY)"), dataSet).GetString(DicomTags.PatientId));
    }

    [Theory]
    [InlineData("@if(PatientID,equals,\"pat-00042\"){T}{F}", "T")]
    [InlineData("@if(PatientID,matches,\"PAT\"){T}{F}", "F")]
    [InlineData("@if(PatientID,matches,\"PAT-\\\\d+\"){T}{F}", "T")]
    [InlineData("@if(PatientAge,greaterthan,056Y){T}{F}", "T")]
    [InlineData("@if(PatientWeight,isblank){T}{F}", "T")]
    [InlineData("@if(TransferSyntaxUID,exists){T}{F}", "F")]
    [InlineData("@if(PatientID,exists){T}{F} tail", "T tail")]
    [InlineData("@if(PatientID,exists){T} tail", "T")]
    [InlineData("@if(Modality,equals,SR){sr}{@if(Modality,equals,OT){ot}{other}}", "ot")]
    [InlineData("@select(){root}{item}", "root")]
    public void Chooses_between_clauses(string expression, string expected) => Assert.Equal(expected, CtpFixture.Value(expression));

    [Fact]
    public void Appends_a_value()
    {
        var result = CtpFixture.Apply(CtpFixture.Rule("00080008", "@append(){NEW}"));
        Assert.Equal("ORIGINAL\\PRIMARY\\AXIAL\\NEW", result.GetString(DicomTags.ImageType));
    }

    [Theory]
    [InlineData("@always()@require()", "")]
    [InlineData("@always()@require(PatientID)", "PAT-00042")]
    [InlineData("@always()@require(PatientWeight,\"dd\")", "dd")]
    [InlineData("@always()@keep()", null)]
    [InlineData("@require()", null)]
    [InlineData("@always()@hash(PatientWeight)", null)]
    public void Makes_missing_attributes_only_where_a_rule_begins_with_always(string rule, string? expected) =>
        Assert.Equal(expected, CtpFixture.Apply(CtpFixture.Rule("00180015", rule)).GetString(new DicomTag(0x00180015)));

    [Theory]
    [InlineData("@quarantine()")]
    [InlineData("@skip()")]
    [InlineData("@lookup(PatientID,ptid)")]
    [InlineData("@integer(PatientID,ptid)")]
    [InlineData("@call(plugin)")]
    public void Refuses_a_file_without_saying_its_values(string rule)
    {
        var refusal = CtpFixture.Refuse(CtpFixture.Rule("00100020", rule));
        Assert.NotNull(refusal);
        Assert.DoesNotContain("PAT-00042", refusal.Reason);
    }

    [Fact]
    public void Looks_up_through_an_indirection_and_refuses_a_missing_key()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "ptid/PAT-00042 = @other/x\nother/x = NEW-1\n");
        var options = new CtpScriptOptions { Lookup = CtpLookupTable.Load(path) };
        File.Delete(path);
        Assert.Equal("NEW-1", CtpFixture.Apply(CtpFixture.Rule("00100020", "@lookup(this,ptid)"), null, options).GetString(DicomTags.PatientId));
        Assert.Equal("none", CtpFixture.Value("@lookup(PatientName,ptid,default,\"none\")", lookup: options.Lookup));
    }

    [Theory]
    [InlineData("ptid/a=1\nptid/a=2\n", "line 2")]
    [InlineData("", "empty")]
    [InlineData("a=1\n", "key type")]
    public void Refuses_a_table_that_is_empty_or_says_two_things(string text, string expected)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        var exception = Assert.Throws<CtpScriptException>(() => CtpLookupTable.Load(path));
        File.Delete(path);
        Assert.Contains(expected, exception.Message);
    }
}
