using Smi.Doctor;
using Smi.Extraction.Doctor;
using Smi.Extraction.Settings;
using Smi.Samples;

namespace Smi.Tests;

public sealed class DoctorTests : IDisposable
{
    private const string Password = "correct-horse-battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("smi-doctor-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Says_go_for_the_example_workflow_and_leaves_nothing_behind_in_its_extract_root()
    {
        var sample = WorkflowSample.Write(Path.Combine(_folder, "good"), seed: 1, atLeast: 1);
        await IndexAsync(sample);
        var report = await ExamineAsync(sample, text => text);

        Assert.True(report.IsGo, string.Join('\n', report.Checks.Where(check => check.Verdict == Verdict.NoGo)));
        Assert.Contains(report.Checks, check => check is { Topic: "synthetic extraction", Name: "every file was de-identified", Verdict: Verdict.Good });
        Assert.Contains(report.Checks, check => check is { Topic: "broker", Name: "round trip", Verdict: Verdict.Good });
        Assert.Equal([sample.Csv], Directory.EnumerateFileSystemEntries(sample.ExtractRoot));
    }

    [Fact]
    public async Task Says_no_go_when_originals_can_be_written_to_and_there_is_no_index()
    {
        var sample = WorkflowSample.Write(Path.Combine(_folder, "writeable"), seed: 1, atLeast: 1);
        foreach (var file in Directory.EnumerateFiles(sample.FileSystemRoot))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var report = await ExamineAsync(sample, text => text);

        Assert.False(report.IsGo);
        Assert.Equal(["cohort-extractor would start", "originals are read-only", "index of headers"], report.Checks.Where(check => check.Verdict == Verdict.NoGo).Select(check => check.Name));
    }

    [Fact]
    public async Task Names_servers_that_do_not_answer_without_their_passwords()
    {
        var sample = WorkflowSample.Write(Path.Combine(_folder, "unreachable"), seed: 1, atLeast: 1);
        var report = await ExamineAsync(sample, text => text
            .Replace("MessageBrokerType: Embedded", "MessageBrokerType: RabbitMQ", StringComparison.Ordinal)
            .Replace("RabbitMqHostPort: 5672", "RabbitMqHostPort: 1", StringComparison.Ordinal)
            .Replace("RabbitMqPassword: \"guest\"", $"RabbitMqPassword: \"{Password}\"", StringComparison.Ordinal)
            .Replace("DatabaseType: SQLite\n    File: \"smi-jobs.db\"", $"DatabaseType: MariaDB\n    ConnectionString: \"Server=127.0.0.1;Port=1;Database=jobs;User=smi;Password={Password}\"", StringComparison.Ordinal));

        Assert.Contains(report.Checks, check => check is { Topic: "broker", Verdict: Verdict.NoGo });
        var database = Assert.Single(report.Checks, check => check is { Topic: "databases", Name: "job store" });
        Assert.Equal(Verdict.NoGo, database.Verdict);
        Assert.Contains("127.0.0.1, database jobs", database.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, DoctorJson.Write(report), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, DoctorPage.Render(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_start_an_extraction_with_settings_that_no_service_would_start_with()
    {
        var sample = WorkflowSample.Write(Path.Combine(_folder, "keyless"), seed: 1, atLeast: 1);
        File.Delete(Path.Combine(sample.Folder, "smi.key"));

        var report = await ExamineAsync(sample, text => text);

        Assert.Contains(report.Checks, check => check is { Topic: "settings", Name: "key", Verdict: Verdict.NoGo });
        Assert.DoesNotContain(report.Checks, check => check.Topic == "synthetic extraction");
    }

    [Fact]
    public void Shows_a_page_that_says_what_the_text_says()
    {
        var report = new DoctorReport(DateTimeOffset.UnixEpoch, [Check.Good("machine", "memory", "<much>"), Check.NoGo("broker", "connection", "refused")]);

        var page = DoctorPage.Render(report);

        Assert.Contains("NO-GO: 1 of 2 checks failed, 0 warnings", page, StringComparison.Ordinal);
        Assert.Contains("&lt;much&gt;", page, StringComparison.Ordinal);
    }

    private static CancellationToken Deadline()
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(3));
        return deadline.Token;
    }

    private static async Task IndexAsync(WorkflowSample sample)
    {
        var settings = SettingsLoader.Load(sample.SettingsFile);
        await new Smi.Workflow.WorkflowRun(sample, settings, "project-001", TimeProvider.System).IndexAsync(Deadline());
    }

    private static Task<DoctorReport> ExamineAsync(WorkflowSample sample, Func<string, string> edit)
    {
        File.WriteAllText(sample.SettingsFile, edit(File.ReadAllText(sample.SettingsFile)));
        return Examination.RunAsync(SettingsLoader.Load(sample.SettingsFile), TimeProvider.System, Deadline());
    }
}
