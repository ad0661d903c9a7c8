using Smi.Deid;
using Smi.Extraction.DicomAnonymiser;
using Smi.Extraction.Hosting;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.Tests.Workflow;

/// <summary>The table "What becomes of a message", row by row.</summary>
public sealed class AnonymiserTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_message_gets_one_status_and_a_second_delivery_the_same_one_again()
    {
        await using var deployment = new Deployment();
        var samples = deployment.AddSamples(seed: 2);
        var messages = samples.Select((sample, index) => Ask(deployment, sample.RelativePath, $"out/{index}-an.dcm")).ToList();

        var answers = await RunAsync(deployment, [.. messages, .. messages], expected: 2 * messages.Count);

        var byMessage = answers.GroupBy(answer => answer.Header.Parents[^1]).ToList();
        Assert.Equal(messages.Count, byMessage.Count);
        Assert.All(byMessage, group => Assert.Single(group.Select(answer => answer.Header.MessageGuid).Distinct()));
        Assert.All(answers, answer => Assert.Equal(answer.Status.Status == ExtractedFileStatus.Anonymised, answer.Status.OutputFilePath is not null));
        Assert.Equal(
            byMessage.Count(group => group.First().Status.Status == ExtractedFileStatus.Anonymised),
            Directory.GetFiles(deployment.Outputs, "*", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [InlineData("missing.dcm", "a.dcm", ExtractedFileStatus.FileMissing, "does not exist")]
    [InlineData("../secret.dcm", "a.dcm", ExtractedFileStatus.ErrorWontRetry, "leaves the file system root")]
    [InlineData("/missing.dcm", "a.dcm", ExtractedFileStatus.FileMissing, "does not exist")]
    [InlineData("sub\\..\\..\\secret.dcm", "a.dcm", ExtractedFileStatus.ErrorWontRetry, "leaves the file system root")]
    [InlineData("text\0.txt", "a.dcm", ExtractedFileStatus.ErrorWontRetry, "leaves the file system root")]
    [InlineData("text.txt", "a\0.dcm", ExtractedFileStatus.ErrorWontRetry, "leaves the extraction directory")]
    [InlineData("link.txt", "a.dcm", ExtractedFileStatus.ErrorWontRetry, "leads out of its root")]
    [InlineData("text.txt", "../../a.dcm", ExtractedFileStatus.ErrorWontRetry, "leaves the extraction directory")]
    [InlineData("text.txt", "a\\..\\..\\b.dcm", ExtractedFileStatus.ErrorWontRetry, "leaves the extraction directory")]
    [InlineData("text.txt", "a.dcm", ExtractedFileStatus.ErrorWontRetry, "")]
    [InlineData("writeable.txt", "a.dcm", ExtractedFileStatus.ErrorWontRetry, "writeable")]
    public async Task A_file_that_cannot_be_anonymised_ends_with_its_status_and_no_output(string source, string output, ExtractedFileStatus status, string why)
    {
        await using var deployment = new Deployment();
        await File.WriteAllTextAsync(Path.Combine(deployment.Sources, "text.txt"), "no DICOM, but Invented^Name", Cancellation);
        File.SetUnixFileMode(Path.Combine(deployment.Sources, "text.txt"), UnixFileMode.UserRead);
        await File.WriteAllTextAsync(Path.Combine(deployment.Sources, "writeable.txt"), "x", Cancellation);
        File.CreateSymbolicLink(Path.Combine(deployment.Sources, "link.txt"), "/proc/version");

        var answer = Assert.Single(await RunAsync(deployment, [Ask(deployment, source, output)], expected: 1));

        Assert.Equal(status, answer.Status.Status);
        Assert.Contains(why, answer.Status.StatusMessage ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("Invented", answer.Status.StatusMessage ?? "", StringComparison.Ordinal);
        Assert.Null(answer.Status.OutputFilePath);
        Assert.Empty(Directory.GetFiles(deployment.ExtractRoot, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_target_with_other_bytes_is_refused_and_left_alone()
    {
        await using var deployment = new Deployment();
        var sample = deployment.AddSamples(seed: 3)[0];
        var target = Path.Combine(deployment.Outputs, "a.dcm");
        await File.WriteAllTextAsync(target, "somebody else's", Cancellation);

        var answer = Assert.Single(await RunAsync(deployment, [Ask(deployment, sample.RelativePath, "a.dcm")], expected: 1));

        Assert.Equal(ExtractedFileStatus.ErrorWontRetry, answer.Status.Status);
        Assert.Equal("somebody else's", await File.ReadAllTextAsync(target, Cancellation));
    }

    [Fact]
    public async Task An_identifiable_message_at_the_anonymiser_is_refused()
    {
        await using var deployment = new Deployment();
        var sample = deployment.AddSamples(seed: 3)[0];

        var answer = Assert.Single(await RunAsync(deployment, [Ask(deployment, sample.RelativePath, "a.dcm", identifiable: true)], expected: 1));

        Assert.Equal(ExtractedFileStatus.ErrorWontRetry, answer.Status.Status);
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_dead_lettered_and_the_next_message_goes_on()
    {
        await using var deployment = new Deployment();
        await File.WriteAllTextAsync(Path.Combine(deployment.Sources, "x"), "", Cancellation);
        var broken = new OutgoingMessage { Header = MessageHeader.Root("Test", TimeProvider.System), Body = "{}"u8.ToArray(), RoutingKey = "anon" };

        var answers = await RunAsync(deployment, [broken, Ask(deployment, "missing.dcm", "a.dcm")], expected: 1);

        Assert.Equal(ExtractedFileStatus.FileMissing, Assert.Single(answers).Status.Status);
    }

    [Fact]
    public async Task A_fault_of_ours_is_tried_again_and_after_the_last_attempt_a_status()
    {
        await using var deployment = new Deployment("DicomAnonymiserOptions: { MaxAttempts: 2 }");
        var sample = deployment.AddSamples(seed: 3)[0];
        var stage = new FailingStage();

        var answer = Assert.Single(await RunAsync(deployment, [Ask(deployment, sample.RelativePath, "a.dcm")], expected: 1, stage));

        Assert.Equal(2, stage.Times);
        Assert.Equal(ExtractedFileStatus.ErrorWontRetry, answer.Status.Status);
        Assert.DoesNotContain("Invented", answer.Status.StatusMessage ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_has_the_shape_of_the_question()
    {
        await using var deployment = new Deployment();
        await File.WriteAllTextAsync(Path.Combine(deployment.Sources, "x"), "", Cancellation);
        var job = deployment.Job() with { Shape = MessageShape.June2024, Modality = null };
        var message = new ExtractFileMessage { Extraction = job, DicomFilePath = "missing.dcm", OutputPath = "a.dcm" };
        var asked = MessageHeader.Root("Test", TimeProvider.System);

        var answer = Assert.Single(await RunAsync(deployment, [new() { Header = asked, Body = MessageWriter.Write(message), RoutingKey = "anon" }], expected: 1));

        Assert.Equal(MessageShape.June2024, answer.Status.Extraction.Shape);
        Assert.Equal([asked.MessageGuid], answer.Header.Parents);
    }

    [Theory]
    [InlineData("smi.control.all.stop", 123, true)]
    [InlineData("smi.control.dicomanonymiser.stop123", 123, true)]
    [InlineData("smi.control.dicomanonymiser.stop1234", 123, false)]
    [InlineData("smi.control.dicomanonymiser.stop12", 123, false)]
    [InlineData("smi.control.dicomanonymiser.halt", 123, false)]
    public void A_control_message_concerns_exactly_the_process_it_names(string key, int process, bool stops) =>
        Assert.Equal(stops, ControlMessages.Read(key, process) == ControlAction.Stop);

    [Theory]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: DefaultAnonymiser }", "CtpAnonCliJar")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: AnotherAnonymiser }", "DefaultAnonymiser")]
    [InlineData("DicomAnonymiserOptions: { CtpAnonCliJar: a.jar }", "AnonymiserType is empty")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn, PixelsBy: DicomPixelAnon }", "DicomPixelAnonPath")]
    [InlineData("DicomAnonymiserOptions: { AnonymiserType: BuiltIn }", "KeyFile")]
    public void A_policy_that_cannot_be_carried_out_stops_the_start_with_the_way_out(string yaml, string way) => Assert.Contains(
        way, DicomAnonymiserService.FindObstacle(Extraction.Settings.SettingsLoader.Read(new StringReader(yaml), "x.yaml")), StringComparison.Ordinal);

    private static OutgoingMessage Ask(Deployment deployment, string source, string output, bool identifiable = false) => new()
    {
        Header = MessageHeader.Root("Test", TimeProvider.System),
        Body = MessageWriter.Write(new ExtractFileMessage { Extraction = deployment.Job(identifiable), DicomFilePath = source, OutputPath = output }),
        RoutingKey = "anon",
    };

    private static async Task<List<(MessageHeader Header, ExtractedFileStatusMessage Status)>> RunAsync(
        Deployment deployment, IReadOnlyList<OutgoingMessage> messages, int expected, params IDeidStage[] stages)
    {
        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;
        await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = "ExtractFileExchange" }, Cancellation);
        await using var good = await broker.OpenConsumerAsync(new() { Queue = "ExtractedFileToVerifyQueue", Prefetch = 1000 }, Cancellation);
        await using var bad = await broker.OpenConsumerAsync(new() { Queue = "ExtractedFileNoVerifyQueue", Prefetch = 1000 }, Cancellation);
        await publisher.PublishAsync(messages, Cancellation);
        await WorkflowTests.RunUntilAsync(
            context, [deployment.Anonymiser(context, stages)], () => good.Deliveries.Count + bad.Deliveries.Count >= expected);
        return [.. Read(good).Concat(Read(bad))];
    }

    private static IEnumerable<(MessageHeader, ExtractedFileStatusMessage)> Read(IMessageConsumer consumer)
    {
        while (consumer.Deliveries.TryRead(out var delivery))
        {
            yield return (HeaderTable.Read(delivery.Headers), MessageReader.ReadStatus(delivery.Body.Span));
        }
    }

    private sealed class FailingStage : IDeidStage
    {
        private int _times;

        public int Times => _times;

        public string Name => "tags";

        public Refusal? Apply(DeidContext context, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _times);
            throw new InvalidOperationException("Invented^Name");
        }
    }
}
