using System.Text;
using Smi.Deid.Tags.Ctp;
using Smi.Dicom;

namespace Smi.Deid.Tests.Tags.Ctp;

/// <summary>What is wrong in a script is found when it is loaded.</summary>
public sealed class CtpLoadingTests
{
    private const string Remove = "<e en=\"T\" t=\"00100010\" n=\"PatientName\">@remove()</e>";

    [Theory]
    [InlineData("<script><e en=\"T\" t=\"00100010\">@remove()</script>", "not well-formed")]
    [InlineData("<script></script>", "no rule")]
    [InlineData("<script><e en=\"F\" t=\"00100010\">@remove()</e></script>", "no rule")]
    [InlineData("<script><k en=\"T\" t=\"0018\">x</k></script>", "no rule")]
    [InlineData("", "empty")]
    [InlineData("<script>" + Remove + "<e en=\"T\" t=\"00100020\">@keep</e></script>", "@keep()")]
    [InlineData("<script>" + Remove + "<e en=\"T\" t=\"00100020\">@keep @hash(this)</e></script>", "@keep()")]
    [InlineData("<script>" + Remove + "<e en=\"T\" t=\"00100020\">@hash(this</e></script>", "no end")]
    [InlineData("<script>" + Remove + "<e en=\"T\" t=\"00100010\">@keep()</e></script>", "another rule")]
    [InlineData("<script>" + Remove + "<e en=\"T\" t=\"0010,0020\">@remove()</e></script>", "no tag")]
    [InlineData("<script>" + Remove + "<e en=\"t\" t=\"00100020\">@remove()</e></script>", "en is not T")]
    [InlineData("<script>" + Remove + "<E en=\"T\" t=\"00100020\">@remove()</E></script>", "lower case")]
    [InlineData("<script>" + Remove + "<r en=\"T\" t=\"privategroup\">x</r></script>", "privategroups")]
    [InlineData("<script>" + Remove + "<e en=\"T\" t=\"00100020\">@contents(this,\"(\")</e></script>", "expression")]
    [InlineData("<script>" + Remove + "<e en=\"T\" t=\"00100020\">@contents(this,\"a\",\"$1\")</e></script>", "group")]
    [InlineData("<script>" + Remove + "<e en=\"T\" t=\"00100020\">@if(this,bogus,1){}{@keep()}</e></script>", "no test")]
    [InlineData("set.[0010,0010]=@remove()\nest.[0010,0020]=@remove()\n", "no rule")]
    public void Stops_at_a_fault_that_could_let_an_original_through(string script, string expected)
    {
        var exception = Assert.Throws<CtpScriptException>(() => CtpScript.Parse(Encoding.UTF8.GetBytes(script), "a.script"));
        Assert.Contains(expected, exception.Message);
        Assert.Matches("a.script line [0-9]+, column [0-9]+", exception.Message);
    }

    [Theory]
    [InlineData("@hsah(PatientID)", "did you mean '@hash'?")]
    [InlineData("@hash(PatientsID)", "did you mean PatientID?")]
    [InlineData("@hashuid(@UIDROT,this)", "did you mean UIDROOT?")]
    [InlineData("a@UIDROOT b", "begins a function call")]
    public void Warns_of_what_lets_nothing_through(string rule, string expected)
    {
        var script = CtpFixture.Script(CtpFixture.Rule("00100020", rule));
        Assert.Contains(script.Warnings, warning => warning.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Points_to_line_and_column_inside_a_rule()
    {
        var script = CtpScript.Parse("<script>\n  <e en=\"T\" t=\"00100020\">a &amp; b\n  @hsah(this)</e>\n</script>"u8.ToArray(), "a.script");
        var warning = Assert.Single(script.Warnings);
        Assert.Equal((3, 3), (warning.Line, warning.Column));
    }

    [Fact]
    public void Treats_every_fault_but_broken_xml_as_a_warning_in_strict_mode()
    {
        var strict = new CtpScriptOptions { IsStrict = true };
        Assert.NotEmpty(CtpFixture.Script(CtpFixture.Rule("00100020", "@keep") + Remove + Remove.Replace("@remove()", "x", StringComparison.Ordinal), strict).Warnings);
        Assert.NotEmpty(CtpScript.Parse("<script></script>"u8.ToArray(), "a.script", strict).Warnings);
        Assert.Throws<CtpScriptException>(() => CtpScript.Parse("<script>"u8.ToArray(), "a.script", strict));
    }

    [Theory]
    [InlineData(65001)]
    [InlineData(1200)]
    [InlineData(1201)]
    public void Reads_a_byte_order_mark(int codePage)
    {
        var encoding = Encoding.GetEncoding(codePage);
        byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes("<script>" + Remove + "</script>")];
        Assert.Empty(CtpScript.Parse(bytes, "a.script").Warnings);
    }

    [Fact]
    public void Refuses_mixed_encodings_and_names_the_line()
    {
        byte[] bytes = [.. "<script>\n<!-- "u8, 0xE9, .. " -->"u8, .. Encoding.ASCII.GetBytes(Remove), .. "</script>"u8];
        var exception = Assert.Throws<CtpScriptException>(() => CtpScript.Parse(bytes, "a.script"));
        Assert.Contains("line 2", exception.Message);
    }

    [Fact]
    public void Reads_the_properties_form()
    {
        var text = "#set.[0010,0010]=@keep()\nparam.X = 7\nset.[0010,0010]PatientName=\\\n   A@param(@X)\nremove.privategroups=\nkeep.group0018=\n"u8.ToArray();
        var context = CtpFixture.Context(CtpFixture.Patient());
        Assert.Null(new CtpTagStage(CtpScript.Parse(text, "a.properties")).Apply(context, TestContext.Current.CancellationToken));
        Assert.Equal("A7", context.Edited.GetString(DicomTags.PatientName));
    }

    [Fact]
    public void Fetches_nothing_that_a_script_refers_to()
    {
        var text = "<!DOCTYPE script SYSTEM \"http://localhost/x.dtd\"><script>" + Remove + "</script>";
        Assert.Empty(CtpScript.Parse(Encoding.UTF8.GetBytes(text), "a.script").Warnings);
    }

    [Fact]
    public void Explains_every_rule_in_a_sentence()
    {
        var sentences = CtpFixture.Script(Remove + "<r en=\"T\" t=\"unspecifiedelements\">x</r>").Explain().ToList();
        Assert.Equal("(0010,0010) Patient's Name: removed. (line 3)", sentences[0]);
        Assert.StartsWith("All other attributes are removed", sentences[^1], StringComparison.Ordinal);
    }
}
