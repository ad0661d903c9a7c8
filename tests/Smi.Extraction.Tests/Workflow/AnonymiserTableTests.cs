using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Smi.Messaging.Brokers;
using Smi.Messaging.Embedded;
using Smi.Messaging.Messages;
using Smi.Messaging.Processes;

namespace Smi.Extraction.Tests.Workflow;

/// <summary>The rows of "What becomes of a message" that concern more than one message, its time, or the machine.</summary>
public sealed class AnonymiserTableTests
{
    private const string Several = "DicomAnonymiserOptions: { AnonFileConsumerOptions: { QoSPrefetchCount: 10 } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_whose_directory_is_missing_waits_alone_and_ends_with_a_status()
    {
        await using var deployment = new Deployment(Several);
        var sample = deployment.AddSamples(seed: 3)[0].RelativePath;
        var waiting = Ask(deployment.Job() with { Directory = "project-001/extractions/nowhere" }, sample, "a.dcm");
        await using (var still = await Scene.OpenAsync(deployment, new FakeTimeProvider()))
        {
            await still.RunAsync([waiting, Ask(deployment.Job(), sample, "b.dcm")], expected: 1);
            Assert.Equal("b.dcm", Assert.Single(still.Answers).OutputFilePath);
        }

        await using var scene = await Scene.OpenAsync(deployment, new HurriedClock());
        await scene.RunAsync([], expected: 2);

        var answer = Assert.Single(scene.Answers, answer => answer.OutputFilePath is null);
        Assert.Equal(ExtractedFileStatus.ErrorWontRetry, answer.Status);
        Assert.Equal("message: the extraction directory does not exist", answer.StatusMessage);
    }

    [Fact]
    public async Task A_directory_that_appears_while_its_job_waits_is_used()
    {
        await using var deployment = new Deployment();
        var sample = deployment.AddSamples(seed: 3)[0].RelativePath;
        await using var scene = await Scene.OpenAsync(deployment);
        var late = Path.Combine(deployment.ExtractRoot, "project-001", "extractions", "late");

        await scene.RunAsync(
            [Ask(deployment.Job() with { Directory = "project-001/extractions/late" }, sample, "a.dcm")], expected: 1,
            meanwhile: () => Task.FromResult(Directory.CreateDirectory(late)));

        Assert.Equal(ExtractedFileStatus.Anonymised, Assert.Single(scene.Answers).Status);
        Assert.True(File.Exists(Path.Combine(late, "a.dcm")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_root_that_goes_away_stops_the_work_until_it_is_back_and_no_file_counts_as_missing(bool source)
    {
        await using var deployment = new Deployment();
        var sample = deployment.AddSamples(seed: 3)[0].RelativePath;
        await using var scene = await Scene.OpenAsync(deployment, new HurriedClock());
        var root = source ? deployment.Sources : deployment.ExtractRoot;
        Directory.Move(root, root + ".away");

        await scene.RunAsync(
            [Ask(deployment.Job(), sample, "a.dcm")], expected: 1,
            meanwhile: async () =>
            {
                await Watching.UntilAsync(() => scene.Context.Readiness.Obstacles.Any(obstacle => obstacle.Contains("is not there", StringComparison.Ordinal)));
                Directory.Move(root + ".away", root);
            });

        Assert.Equal(ExtractedFileStatus.Anonymised, Assert.Single(scene.Answers).Status);
        Assert.Empty(scene.Context.Readiness.Obstacles);
    }

    [Fact]
    public async Task A_root_that_goes_away_under_a_running_service_gives_its_messages_back()
    {
        await using var deployment = new Deployment();
        var sample = deployment.AddSamples(seed: 3)[0].RelativePath;
        await using var scene = await Scene.OpenAsync(deployment, new HurriedClock());
        var stage = new CallingStage(times: 1, _ => Directory.Move(deployment.Sources, deployment.Sources + ".away"));
        var later = Ask(deployment.Job(), sample, "b.dcm");

        await scene.RunAsync(
            [Ask(deployment.Job(), sample, "a.dcm")], expected: 2, stages: stage,
            meanwhile: async () =>
            {
                await Watching.UntilAsync(() => stage.Times > 0);
                await scene.PublishAsync(later);
                await Watching.UntilAsync(() => scene.Context.Readiness.Obstacles.Count > 0);
                Directory.Move(deployment.Sources + ".away", deployment.Sources);
            });

        Assert.All(scene.Answers, answer => Assert.Equal(ExtractedFileStatus.Anonymised, answer.Status));
    }

    [Fact]
    public async Task A_full_disk_never_uses_up_the_attempts_of_a_message()
    {
        await using var deployment = new Deployment("DicomAnonymiserOptions: { MaxAttempts: 2 }");
        var sample = deployment.AddSamples(seed: 3)[0].RelativePath;
        await using var scene = await Scene.OpenAsync(deployment, new HurriedClock());
        var stage = new CallingStage(times: 8, _ => throw new IOException("No space left on device", 28));

        await scene.RunAsync([Ask(deployment.Job(), sample, "a.dcm")], expected: 1, stages: stage);

        Assert.Equal(ExtractedFileStatus.Anonymised, Assert.Single(scene.Answers).Status);
        Assert.Equal(9, stage.Times);
    }

    [Fact]
    public async Task A_message_that_was_alone_in_work_at_two_deaths_is_refused_however_often_it_comes()
    {
        await using var deployment = new Deployment();
        var sample = deployment.AddSamples(seed: 3)[0].RelativePath;
        var message = Ask(deployment.Job(), sample, "a.dcm");
        Die(deployment, message.Header.MessageGuid);
        Die(deployment, message.Header.MessageGuid);
        await using var scene = await Scene.OpenAsync(deployment);

        await scene.RunAsync([message, message], expected: 2);

        Assert.All(scene.Answers, answer => Assert.Equal("message: the service died twice while it worked on this file alone", answer.StatusMessage));
        Assert.Empty(Directory.GetFiles(deployment.Outputs));
    }

    [Fact]
    public async Task A_message_that_was_in_work_at_a_death_waits_until_the_process_has_lived_for_a_while()
    {
        await using var deployment = new Deployment(Several);
        var sample = deployment.AddSamples(seed: 3)[0].RelativePath;
        var suspect = Ask(deployment.Job(), sample, "suspect.dcm");
        Die(deployment, suspect.Header.MessageGuid);
        await using (var young = await Scene.OpenAsync(deployment, new FakeTimeProvider()))
        {
            await young.RunAsync([suspect, Ask(deployment.Job(), sample, "a.dcm")], expected: 1);
            Assert.Equal("a.dcm", Assert.Single(young.Answers).OutputFilePath);
        }

        await using var older = await Scene.OpenAsync(deployment, new HurriedClock());
        await older.RunAsync([], expected: 2);

        Assert.Contains(older.Answers, answer => answer.OutputFilePath == "suspect.dcm");
    }

    [Fact]
    public async Task Messages_that_can_never_be_read_are_dead_lettered_one_and_all()
    {
        await using var deployment = new Deployment();
        await File.WriteAllTextAsync(Path.Combine(deployment.Sources, "x"), "", Cancellation);
        var body = Ask(deployment.Job(), "missing.dcm", "a.dcm").Body;
        var text = System.Text.Encoding.UTF8.GetString(body.Span);
        await using var scene = await Scene.OpenAsync(deployment);

        await scene.RunAsync(
            [
                Raw("no JSON"), Raw("{}"), Raw(text.Replace("{\"", "{\"Unknown\":1,\"", StringComparison.Ordinal)),
                Raw(text.Replace("\"ProjectNumber\"", "\"projectNumber\"", StringComparison.Ordinal)), Raw(text),
            ],
            expected: 1);

        Assert.Equal(ExtractedFileStatus.FileMissing, Assert.Single(scene.Answers).Status);
        Assert.Equal(4, await ((EmbeddedBroker)scene.Context.Broker).CountDeadLettersAsync(Cancellation));
    }

    [Fact]
    public async Task Two_files_for_one_name_give_one_file_and_one_refusal_and_the_same_file_twice_is_success()
    {
        await using var deployment = new Deployment();
        var samples = deployment.AddSamples(seed: 3);
        await using var scene = await Scene.OpenAsync(deployment);

        await scene.RunAsync(
            [Ask(deployment.Job(), samples[0].RelativePath, "a.dcm"), Ask(deployment.Job(), samples[1].RelativePath, "a.dcm"), Ask(deployment.Job(), samples[2].RelativePath, "b.dcm"), Ask(deployment.Job(), samples[2].RelativePath, "b.dcm")],
            expected: 4);

        Assert.Equal(1, scene.Answers.Count(answer => answer is { OutputFilePath: "a.dcm" }));
        Assert.Equal(1, scene.Answers.Count(answer => answer.Status == ExtractedFileStatus.ErrorWontRetry));
        Assert.Equal(2, scene.Answers.Count(answer => answer is { OutputFilePath: "b.dcm" }));
        Assert.Equal(2, Directory.GetFiles(deployment.Outputs).Length);
    }

    [Fact]
    public async Task A_status_that_no_queue_takes_ends_the_service_and_the_message_stays()
    {
        await using var deployment = new Deployment();
        await File.WriteAllTextAsync(Path.Combine(deployment.Sources, "x"), "", Cancellation);
        await using var scene = await Scene.OpenAsync(deployment);
        await using (var store = new SqliteConnection($"Data Source={deployment.Settings.Broker.EmbeddedPath};Pooling=False"))
        {
            await store.OpenAsync(Cancellation);
            await using var command = store.CreateCommand();
            command.CommandText = "DELETE FROM bindings WHERE queue='ExtractedFileNoVerifyQueue'";
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        var fault = await Assert.ThrowsAsync<UnroutableMessageException>(() => scene.RunAsync([Ask(deployment.Job(), "missing.dcm", "a.dcm")], expected: 1));

        Assert.Contains("noverify", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await ((IBrokerAdministration)scene.Context.Broker).CountAsync(["ExtractFileAnonQueue"], Cancellation))[0].Messages);
    }

    [Fact]
    public async Task Finished_files_are_for_those_whom_the_settings_name()
    {
        await using var deployment = new Deployment($"DicomAnonymiserOptions: {{ OutputMode: 0640, OutputGroup: {Group()} }}");
        var sample = deployment.AddSamples(seed: 3)[0].RelativePath;
        await using var scene = await Scene.OpenAsync(deployment);

        await scene.RunAsync([Ask(deployment.Job(), sample, "a.dcm")], expected: 1);

        var file = Path.Combine(deployment.Outputs, "a.dcm");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
        Assert.Equal(Group(), Shell("stat", "-c", "%g", file));
    }

    [Fact]
    public async Task The_audit_log_says_who_with_which_policy_and_key_made_how_many_files_and_nothing_of_them()
    {
        await using var deployment = new Deployment();
        var sample = deployment.AddSamples(seed: 3)[0];
        await using var scene = await Scene.OpenAsync(deployment);

        await scene.RunAsync([Ask(deployment.Job(), sample.RelativePath, "a.dcm"), Ask(deployment.Job(), "missing.dcm", "b.dcm")], expected: 2);

        var lines = await File.ReadAllLinesAsync(Path.Combine(deployment.Settings.DicomAnonymiser.StateFolder, "audit.jsonl"), Cancellation);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"event\":\"start\"", lines[0], StringComparison.Ordinal);
        foreach (var part in (string[])["\"event\":\"stop\"", "\"anonymised\":1", "\"missing\":1", "\"refused\":0", $"\"user\":\"{Environment.UserName}\"", $"\"host\":\"{Environment.MachineName}\"", "\"version\"", "\"policy\"", "\"key\""])
        {
            Assert.Contains(part, lines[1], StringComparison.Ordinal);
        }

        Assert.DoesNotContain(sample.RelativePath, lines[1], StringComparison.Ordinal);
    }

    private static OutgoingMessage Ask(Messaging.Messages.Extraction job, string source, string output) => OutgoingMessage.Root(
        new ExtractFileMessage { Extraction = job, DicomFilePath = source, OutputPath = output }, "Test", TimeProvider.System, "anon");

    private static OutgoingMessage Raw(string body) =>
        new() { Header = MessageHeader.Root("Test", TimeProvider.System), Body = System.Text.Encoding.UTF8.GetBytes(body), RoutingKey = "anon" };

    /// <summary>What a process leaves that dies with one message in work.</summary>
    private static void Die(Deployment deployment, Guid message)
    {
        var folder = deployment.Settings.DicomAnonymiser.StateFolder;
        Directory.CreateDirectory(folder);
        var dead = ProcessIdentity.Current with { StartTicks = 1 };
        File.WriteAllBytes(Path.Combine(folder, $"{dead}+{Guid.NewGuid():N}.journal"), message.ToByteArray());
        new Smi.Extraction.Durability.WorkJournal(folder, 1).Dispose();
    }

    private static string Group() => Shell("id", "-G").Split(' ')[^1];

    private static string Shell(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} did not start");
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
