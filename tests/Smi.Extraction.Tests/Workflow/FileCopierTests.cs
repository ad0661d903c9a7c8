using Smi.Extraction.FileCopier;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.Tests.Workflow;

/// <summary>What becomes of a message to the file copier.</summary>
public sealed class FileCopierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a.dcm", "a.dcm", true, ExtractedFileStatus.Copied, null)]
    [InlineData("a.dcm", "same.dcm", true, ExtractedFileStatus.Copied, null)]
    [InlineData("a.dcm", "other.dcm", true, ExtractedFileStatus.ErrorWontRetry, "other content")]
    [InlineData("missing.dcm", "a.dcm", true, ExtractedFileStatus.FileMissing, "does not exist")]
    [InlineData("../outside", "a.dcm", true, ExtractedFileStatus.ErrorWontRetry, "leaves the file system root")]
    [InlineData("link", "a.dcm", true, ExtractedFileStatus.ErrorWontRetry, "leads out of its root")]
    [InlineData("pipe", "a.dcm", true, ExtractedFileStatus.ErrorWontRetry, "no regular file")]
    [InlineData("a.dcm", "../b.dcm", true, ExtractedFileStatus.ErrorWontRetry, "leaves the extraction directory")]
    [InlineData("a.dcm", "away/b.dcm", true, ExtractedFileStatus.ErrorWontRetry, "leads over a link")]
    [InlineData("a.dcm", "b.dcm", false, ExtractedFileStatus.ErrorWontRetry, "anonymous extraction")]
    public async Task Copies_what_it_may_and_says_why_not_otherwise(string source, string output, bool identifiable, ExtractedFileStatus status, string? reason)
    {
        await using var deployment = await PrepareAsync();

        var answer = await AskAsync(deployment, source, output, identifiable);

        Assert.Equal(status, answer.Status);
        Assert.Contains(reason ?? "", answer.StatusMessage ?? "", StringComparison.Ordinal);
        Assert.Equal(status == ExtractedFileStatus.Copied ? output : null, answer.OutputFilePath);
        Assert.Empty(Directory.GetFiles(deployment.ExtractRoot, ".smi-*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("", 384)]
    [InlineData("FileCopierOptions: { OutputMode: 0640 }", 416)]
    public async Task A_copy_has_the_bytes_of_its_original_and_the_permissions_of_the_settings(string settings, int mode)
    {
        await using var deployment = await PrepareAsync(settings);

        await AskAsync(deployment, "a.dcm", "sub/a.dcm", identifiable: true);

        var copy = Path.Combine(deployment.Outputs, "sub", "a.dcm");
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(deployment.Sources, "a.dcm"), Cancellation), await File.ReadAllBytesAsync(copy, Cancellation));
        Assert.Equal((UnixFileMode)mode, File.GetUnixFileMode(copy));
    }

    private static async Task<Deployment> PrepareAsync(string settings = "")
    {
        var deployment = new Deployment(settings);
        var content = Enumerable.Range(0, 700_000).Select(number => (byte)(number * 31)).ToArray();
        await File.WriteAllBytesAsync(Path.Combine(deployment.Sources, "a.dcm"), content, Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(deployment.Outputs, "same.dcm"), content, Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(deployment.Outputs, "other.dcm"), content[..^1], Cancellation);
        File.CreateSymbolicLink(Path.Combine(deployment.Sources, "link"), "/etc/hostname");
        File.CreateSymbolicLink(Path.Combine(deployment.Outputs, "away"), deployment.Sources);
        using var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(deployment.Sources, "pipe")]);
        await made.WaitForExitAsync(Cancellation);
        return deployment;
    }

    private static async Task<ExtractedFileStatusMessage> AskAsync(Deployment deployment, string source, string output, bool identifiable)
    {
        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;
        await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = "ExtractFileExchange" }, Cancellation);
        await using var answers = await broker.OpenConsumerAsync(new() { Queue = "ExtractedFileNoVerifyQueue" }, Cancellation);
        var message = new ExtractFileMessage { Extraction = deployment.Job(identifiable), DicomFilePath = source, OutputPath = output };
        await publisher.PublishAsync([OutgoingMessage.Root(message, "Test", TimeProvider.System, "ident")], Cancellation);
        await WorkflowTests.RunUntilAsync(context, [new FileCopierService(context)], () => answers.Deliveries.Count > 0);
        return MessageReader.ReadStatus((await answers.Deliveries.ReadAsync(Cancellation)).Body.Span);
    }
}
