using Smi.Anonymise;
using Smi.Deid;
using Smi.Doctor;
using Smi.Extraction.Doctor;
using Smi.Extraction.Settings;
using Smi.Services;
using Smi.Verbs;

namespace Smi.Tests;

/// <summary>A policy that cannot be carried out, or says two things, stops before the first file.</summary>
public sealed class PolicyOptionsTests : IDisposable
{
    private const string Rules = "<script><e en=\"T\" t=\"00100010\">@remove()</e></script>";
    private readonly string folder = Directory.CreateTempSubdirectory("smi-policy-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn, CtpAllowlistScript: tags.script }")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn }\nDeidOptions: { Tags: tags.script }")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn, CtpAllowlistScript: tags.script }\nDeidOptions: { Tags: tags.script }")]
    public void A_service_takes_a_script_from_either_section(string yaml)
    {
        Write("tags.script", Rules);
        var policy = PolicyOptions.Parse(PolicyChoice.Of(Settings(yaml)));
        Assert.Equal("tags.script", policy.Script?.Name);
        Assert.False(policy.RefusesDirectories);
        Assert.Equal(DeidentifierFactory.Built, policy.Clean);
    }

    [Theory]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn, CtpAllowlistScript: tags.script }\nDeidOptions: { KeyFile: smi.key, Tags: basic }", "two tag policies")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn, CtpAllowlistScript: tags.script }\nDeidOptions: { KeyFile: smi.key, Retain: [uids] }", "retain")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn, CtpAllowlistScript: tags.script }\nDeidOptions: { KeyFile: smi.key, CtpStrict: true }", "comparison only")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn, CtpAllowlistScript: missing.script }\nDeidOptions: { KeyFile: smi.key }", "does not exist")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn }\nDeidOptions: { KeyFile: smi.key, Lookup: table.properties }", "go with a script")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn }\nDeidOptions: { KeyFile: smi.key, Retain: [full-dates, modified-dates] }", "contradict")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn }\nDeidOptions: { KeyFile: smi.key, Clean: [pixels, none] }", "none")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn }\nDeidOptions: { KeyFile: smi.key, Clean: [pixel] }", "structured-content")]
    public void A_service_does_not_start_with_a_policy_that_it_could_not_keep(string yaml, string expected)
    {
        Write("tags.script", Rules);
        Write("smi.key", new string('a', 64));
        File.SetUnixFileMode(Path.Combine(folder, "smi.key"), UnixFileMode.UserRead);
        var fault = Assert.Throws<UsageException>(() => ServiceFactory.CheckAnonymiser(Settings(yaml)));
        Assert.Contains(expected, fault.Message);
    }

    [Fact]
    public void A_service_starts_with_a_script_and_a_table_for_it()
    {
        Write("tags.script", "<script><e en=\"T\" t=\"00100020\">@lookup(this,ptid)</e></script>");
        Write("table.properties", "ptid/1=2\n");
        Write("smi.key", new string('a', 64));
        File.SetUnixFileMode(Path.Combine(folder, "smi.key"), UnixFileMode.UserRead);
        ServiceFactory.CheckAnonymiser(Settings("DicomAnonymiserOptions: { AnonymiserType: BuiltIn, CtpAllowlistScript: tags.script }\nDeidOptions: { KeyFile: smi.key, Lookup: table.properties }"));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<script><e en=\"T\" t=\"00100010\">@remove()</script>", "not well-formed")]
    [InlineData("<script><e en=\"T\" t=\"00100010\">@keep</e></script>", "@keep()")]
    public void A_script_with_a_fault_is_named_with_its_place(string script, string expected)
    {
        Write("tags.script", script);
        var fault = Assert.Throws<UsageException>(() => Parse(new PolicyChoice { Tags = InFolder("tags.script") }));
        Assert.Contains(expected, fault.Message);
        Assert.Contains("tags.script line ", fault.Message);
    }

    [Fact]
    public void A_script_of_mixed_encodings_is_refused_with_the_line()
    {
        File.WriteAllBytes(InFolder("tags.script"), [.. "<script>\n<e en=\"T\" t=\"00100010\">M"u8, 0xFC, .. "ller M\u00FCller</e>\n</script>"u8]);
        var fault = Assert.Throws<UsageException>(() => Parse(new PolicyChoice { Tags = InFolder("tags.script") }));
        Assert.Contains("tags.script line 2", fault.Message);
        Assert.Contains("UTF-8", fault.Message);
    }

    [Fact]
    public void A_lookup_table_that_is_missing_empty_or_ambiguous_is_refused_without_its_values()
    {
        Write("tags.script", Rules);
        Assert.Contains("lookup table", Fault("missing.properties"));
        Write("empty.properties", "# nothing\n");
        Assert.Contains("empty", Fault("empty.properties"));
        Write("double.properties", "ptid/PAT-00042=1\nptid/PAT-00042=2\n");
        var message = Fault("double.properties");
        Assert.Contains("double.properties line 2", message);
        Assert.DoesNotContain("PAT-00042", message);
        Write("folder/x", "");
        Assert.Contains("cannot be read", Fault("folder"));

        string Fault(string table) => Assert.Throws<UsageException>(() =>
            Parse(new PolicyChoice { Tags = InFolder("tags.script"), Lookup = InFolder(table) })).Message;
    }

    [Fact]
    public void Strict_mode_goes_with_a_script_and_without_cleaning()
    {
        Write("tags.script", Rules);
        Assert.Contains("script", Assert.Throws<UsageException>(() => Parse(new PolicyChoice { IsStrict = true })).Message);
        var strict = new PolicyChoice { Tags = InFolder("tags.script"), IsStrict = true };
        Assert.Contains("clean", Assert.Throws<UsageException>(() => Parse(strict with { Clean = ["pixels"] })).Message);
        Assert.Equal(CleanOptions.None, Parse(strict).Clean);
    }

    [Theory]
    [InlineData("PatientIds: { CsvFile: ids.csv }", null)]
    [InlineData("PatientIds: { CsvFile: missing.csv }", "does not exist")]
    [InlineData("PatientIds: { CsvFile: empty.csv }", "first line")]
    [InlineData("PatientIds: { CsvFile: ids.csv }, IssuerSeparatesPatients: true", "contradict")]
    [InlineData("PatientIds: { CsvFile: ids.csv, Table: ids }", "name one of them")]
    [InlineData("PatientIds: { DatabaseType: SQLite, File: ids.db }", "name one of them")]
    [InlineData("PatientIds: { DatabaseType: SQLite, File: ids.db, Table: ids }", "cannot be read")]
    [InlineData("PatientIds: { CsvFil: ids.csv }", "name one of them")]
    [InlineData("PatientIds: { CsvFile: ids.csv, Tabel: ids }", "no key Tabel")]
    public void A_table_of_patient_ids_is_opened_and_checked_at_the_start(string options, string? expected)
    {
        Write("ids.csv", "original,replacement\n1,2\n");
        Write("empty.csv", "");
        var fault = Record.Exception(() => Assert.NotNull(Parse(PolicyChoice.Of(Settings($"DeidOptions: {{ {options} }}"))).PatientIds));
        Assert.Equal(expected is null, fault is null);
        Assert.Contains(expected ?? "", fault?.Message ?? "");
    }

    [Theory]
    [InlineData("600", false)]
    [InlineData("640", false)]
    [InlineData("644", true)]
    [InlineData("660", true)]
    public void Tables_of_originals_that_others_can_read_or_change_are_complained_about_at_start_and_by_the_doctor(string mode, bool complains)
    {
        string[] names = ["lookup.properties", "ids.csv", "ids.db"];
        foreach (var name in names)
        {
            Write(name, "");
            File.SetUnixFileMode(InFolder(name), (UnixFileMode)Convert.ToInt32(mode, 8));
        }

        var csv = Settings("DeidOptions: { Lookup: lookup.properties, PatientIds: { CsvFile: ids.csv } }");
        var database = Settings("DeidOptions: { PatientIds: { DatabaseType: SQLite, File: ids.db, Table: ids } }");

        string[] files = [.. OriginalTables.Of(PolicyChoice.Of(csv)), .. OriginalTables.Of(PolicyChoice.Of(database))];
        Assert.Equal(names.Select(InFolder), files);
        Assert.All(files, file => Assert.Equal(complains, OriginalTables.Complaint(file) is not null));
        Assert.Equal(complains ? 2 : 0, SettingsChecks.Run(csv).Count(check => check is { Name: "table of originals", Verdict: Verdict.Warning }));
    }

    private static DeidPolicy Parse(PolicyChoice choice) => PolicyOptions.Parse(choice);

    private string InFolder(string name) => Path.Combine(folder, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(InFolder(name)) ?? folder);
        File.WriteAllText(InFolder(name), text);
    }

    private SmiSettings Settings(string yaml) => SettingsLoader.Read(new StringReader(yaml), InFolder("test.yaml"));
}
