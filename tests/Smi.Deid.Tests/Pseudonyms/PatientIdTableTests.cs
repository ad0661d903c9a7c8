using System.Text;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tags.Ctp;
using Smi.Deid.Tests.Tags.Ctp;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Pseudonyms;

/// <summary>Patient IDs from a table of the site.</summary>
public sealed class PatientIdTableTests : IDisposable
{
    private readonly Workplace workplace = new();
    private readonly string path = Path.GetTempFileName();

    public void Dispose()
    {
        workplace.Dispose();
        File.Delete(path);
    }

    [Fact]
    public void A_table_replaces_the_patient_ID_at_every_depth_and_leaves_the_other_pseudonyms()
    {
        var output = Output("original,replacement\nPAT-00042,EUPI-1\n\"x, y\",EUPI-2\n", new DeidPolicy());
        Assert.Equal("EUPI-1", output.GetString(DicomTags.PatientId));
        Assert.Matches(@"^[A-Z2-7]{16}\^$", output.GetString(DicomTags.PatientName));
        Assert.StartsWith("2.25.", output.GetString(DicomTags.SopInstanceUid));
    }

    [Theory]
    [InlineData("@keep()", "EUPI-1")]
    [InlineData("@hash(this)", "EUPI-1")]
    [InlineData("@remove()", null)]
    [InlineData("@empty()", "")]
    public void Under_a_script_the_table_replaces_what_the_script_has_left(string rule, string? expected)
    {
        var script = CtpScript.Parse(Encoding.UTF8.GetBytes($"<script>{CtpFixture.Rule("00100010", "@remove()")}{CtpFixture.Rule("00100020", rule)}</script>"), "a.script");
        Assert.Equal(expected, Output("original,replacement\nPAT-00042,EUPI-1\n", new DeidPolicy { Script = script }).GetString(DicomTags.PatientId));
    }

    [Theory]
    [InlineData("PAT-00043", "no entry")]
    [InlineData("", "no Patient ID")]
    public void A_file_whose_patient_the_table_does_not_have_is_refused(string id, string expected)
    {
        var refused = Assert.IsType<DeidOutcome.Refused>(Run("original,replacement\nPAT-00042,EUPI-1\n", new DeidPolicy(), Original(id)));
        Assert.Contains(expected, refused.Reason);
        Assert.DoesNotContain("PAT-00043", refused.Reason);
    }

    [Theory]
    [InlineData("", "its first line is original,replacement")]
    [InlineData("original,replacement\n1,\"2\n", "line 2: the line is no CSV")]
    [InlineData("a,b\n1,2\n", "line 1: the first line")]
    [InlineData("original,replacement\n", "no entry")]
    [InlineData("original,replacement\n1,2\n1,3\n", "line 3: this original is there twice")]
    [InlineData("original,replacement\npat 1,2\nPAT  1,2\n", "line 3: this original is there twice")]
    [InlineData("original,replacement\n1,\n", "line 2: a replacement")]
    [InlineData("original,replacement\n1,a\\b\n", "line 2: a replacement")]
    [InlineData("original,replacement\n1,M\u00FCller\n", "line 2: a replacement")]
    [InlineData("original,replacement\n,2\n", "line 2: there is no original")]
    [InlineData("original,replacement\n1,2,3\n", "line 2: the line is not")]
    [InlineData("original,replacement\n1\n", "line 2: the line is not")]
    [InlineData("original,replacement\nPAT-1,pat-1\n", "line 2: the replacement is the original")]
    public void A_table_that_says_nothing_or_two_things_is_refused_before_the_first_file(string text, string expected)
    {
        File.WriteAllText(path, text);
        var message = Assert.Throws<PatientIdTableException>(() => CsvPatientIdTable.Load(path)).Message;
        Assert.Contains(expected, message);
        Assert.DoesNotContain("M\u00FCller", message);
    }

    [Fact]
    public void A_table_of_mixed_encodings_or_that_is_missing_is_refused()
    {
        File.WriteAllBytes(path, [.. "original,replacement\n1,2\n3"u8, 0xFC, .. ",4\n"u8]);
        Assert.Contains("UTF-8", Assert.Throws<PatientIdTableException>(() => CsvPatientIdTable.Load(path)).Message);
        Assert.Contains("does not exist", Assert.Throws<PatientIdTableException>(() => CsvPatientIdTable.Load(path + ".no")).Message);
        Assert.Contains("cannot be read", Assert.Throws<PatientIdTableException>(() => CsvPatientIdTable.Load(Path.GetTempPath())).Message);
    }

    [Fact]
    public void A_byte_order_mark_before_the_header_is_read()
    {
        File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. "original,replacement\r\n1,2\r\n"u8]);
        Assert.Equal("2", CsvPatientIdTable.Load(path).Find(" 1 "));
    }

    private DicomDataSet Output(string table, DeidPolicy policy)
    {
        var outcome = Run(table, policy, Original("pat-00042 "));
        Assert.True(outcome is DeidOutcome.Deidentified, outcome.ToString());
        return DicomFile.Parse(File.ReadAllBytes(workplace.OutputFiles().Single())).DataSet;
    }

    private DeidOutcome Run(string table, DeidPolicy policy, byte[] file)
    {
        File.WriteAllText(path, table);
        File.WriteAllBytes(Path.Combine(workplace.Source.Path, "a.dcm"), file);
        return DeidentifierFactory.Create(policy with { PatientIds = CsvPatientIdTable.Load(path) }, workplace.Key).Run(workplace.Job("a.dcm"), TestContext.Current.CancellationToken);
    }

    private static byte[] Original(string id) => DicomBytes.File().Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7").Text(0x00080018, "UI", "1.2.3.4.5")
        .Text(0x00100010, "PN", "Zimmermann^Klara").Text(0x00100020, "LO", id).ToArray();
}
