using Smi.Tests;
using Smi.Deid;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tools;
using Smi.Extraction.DicomAnonymiser;
using Smi.Extraction.Hosting;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.Tests.Workflow;

/// <summary>The service with an external tool from its settings.</summary>
[Collection(ToolProcesses.Name)]
public sealed class ToolTests
{
    // A daemon that replaces the name and the ID of the one patient of these tests, and falls silent for good with every fifth file.
    private const string Daemon =
        """
        echo READY
        n=0
        while read -r source target; do
          n=$((n + 1))
          if [ $n = 5 ]; then exec sleep 600; fi
          LC_ALL=C sed "s/Zimmermann^Klara/Xxxxxxxxxx^Xxxxx/g; s/PAT-00042/XXX-XXXXX/g" "$source" > "$target" && echo OK
        done
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_message_is_answered_although_the_tool_keeps_falling_silent()
    {
        const int files = 12;
        await using var deployment = new Deployment(Yaml(fileLimit: "1"));
        var context = await deployment.OpenAsync();
        var answers = await AnswersAsync(deployment, context, files);

        Assert.Equal(files, answers.Count(answer => answer.Status == ExtractedFileStatus.Anonymised));
        Assert.Equal(files, Directory.GetFiles(deployment.Outputs, "*.dcm").Length);
        var page = context.Metrics.Render();
        Assert.Contains($"smi_tool_files_total{{tool=\"sed\"}} {files}", page, StringComparison.Ordinal);
        Assert.Matches("smi_tool_timeouts_total{tool=\"sed\"} [1-9]", page);
        Assert.Matches("smi_tool_restarts_total{tool=\"sed\"} [1-9]", page);
    }

    [Fact]
    public async Task A_file_that_a_tool_never_manages_ends_with_its_status()
    {
        await using var deployment = new Deployment(Yaml(fileLimit: "0.2", "MaxAttempts: 2", "exec sleep 600"));
        var context = await deployment.OpenAsync();
        var answer = Assert.Single(await AnswersAsync(deployment, context, 1));

        Assert.Equal(ExtractedFileStatus.ErrorWontRetry, answer.Status);
        Assert.StartsWith("tags: given up after 2 attempts: the tool sed gave no answer in time", answer.StatusMessage, StringComparison.Ordinal);
    }

    private static string Yaml(string fileLimit, string options = "", string body = "") =>
        $$"""
        DicomAnonymiserOptions: { ToolWorkFolder: work, {{options}} }
        Tools:
          sed:
            Stage: tags
            Command: sh
            Arguments: ["-c", "{{(body.Length > 0 ? $"echo READY\\nread line\\n{body}" : Daemon.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))}}"]
            Protocol: line-daemon
            Ready: READY
            FileLimit: {{fileLimit}}
            PoolSize: 2
        """;

    private static async Task<List<ExtractedFileStatusMessage>> AnswersAsync(Deployment deployment, ServiceContext context, int files)
    {
        for (var file = 0; file < files; file++)
        {
            var path = Path.Combine(deployment.Sources, $"{file}.dcm");
            Directory.CreateDirectory(deployment.Sources);
            await File.WriteAllBytesAsync(path, Patient(), Cancellation);
            File.SetUnixFileMode(path, UnixFileMode.UserRead);
        }

        await using var broker = context.Broker;
        using var tools = new ToolSet(deployment.Settings.Tools.Definitions, deployment.Settings.Tools.WorkFolder, new ToolLog(context));
        var policy = new DeidPolicy();
        var key = MasterKey.Load(deployment.Settings.Deid.KeyFile ?? "");
        var service = new DicomAnonymiserService(context, DeidentifierFactory.Create(policy, key, tools: tools), new("test", policy.Fingerprint, key.Fingerprint), tools);
        await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = "ExtractFileExchange" }, Cancellation);
        await using var good = await broker.OpenConsumerAsync(new() { Queue = "ExtractedFileToVerifyQueue", Prefetch = 1000 }, Cancellation);
        await using var bad = await broker.OpenConsumerAsync(new() { Queue = "ExtractedFileNoVerifyQueue", Prefetch = 1000 }, Cancellation);
        await publisher.PublishAsync([.. Enumerable.Range(0, files).Select(file => Ask(deployment, file))], Cancellation);
        await WorkflowTests.RunUntilAsync(context, [service], () => good.Deliveries.Count + bad.Deliveries.Count >= files);
        return [.. Read(good).Concat(Read(bad))];
    }

    private static IEnumerable<ExtractedFileStatusMessage> Read(IMessageConsumer consumer)
    {
        while (consumer.Deliveries.TryRead(out var delivery))
        {
            yield return MessageReader.ReadStatus(delivery.Body.Span);
        }
    }

    private static OutgoingMessage Ask(Deployment deployment, int file) => new()
    {
        Header = MessageHeader.Root("Test", TimeProvider.System),
        Body = MessageWriter.Write(new ExtractFileMessage { Extraction = deployment.Job(), DicomFilePath = $"{file}.dcm", OutputPath = $"{file}-an.dcm" }),
        RoutingKey = "anon",
    };

    private static byte[] Patient() => Smi.Tests.DicomBytes.File()
        .Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7").Text(0x00080018, "UI", "1.2.3.4.5").Text(0x00080060, "CS", "OT")
        .Text(0x00100010, "PN", "Zimmermann^Klara").Text(0x00100020, "LO", "PAT-00042")
        .Text(0x0020000D, "UI", "1.2.3.4").Text(0x0020000E, "UI", "1.2.3.4.1").ToArray();
}
