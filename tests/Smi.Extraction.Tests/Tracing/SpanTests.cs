using System.Diagnostics;
using Smi.Extraction.Tests.Workflow;
using Smi.Extraction.Tracing;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.Tests.Tracing;

/// <summary>The spans of one service, by the messages that come to it. One test at a time: who listens, listens to the whole process.</summary>
public sealed class SpanTests
{
    private const string Sender = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

    [Fact]
    public void Nothing_is_made_while_nobody_listens()
    {
        var header = MessageHeader.Root("Test", TimeProvider.System, Sender + "01");
        Use(header);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var message = 0; message < 1000; message++)
        {
            Use(header);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Use(MessageHeader header)
        {
            using var request = Spans.OfRequest("Test", default);
            using var message = Spans.OfMessage("Test", "Queue", header);
            using var batch = Spans.OfBatch("Test", "Queue", 1, []);
            using var part = Spans.OfPart("part");
        }
    }

    [Fact]
    public async Task A_message_of_a_program_that_does_not_trace_begins_a_trace_and_its_answer_carries_it()
    {
        using var listener = new SpanListener();

        var (message, answer) = await AnswerAsync(traceParent: null);

        var span = Assert.IsType<Activity>(listener.Of(message.MessageGuid));
        Assert.Equal(default, span.ParentSpanId);
        Assert.Equal(span.Id, answer.TraceParent);
        Assert.Equal("missing", span.GetTagItem("smi.outcome"));
    }

    [Fact]
    public async Task A_message_of_a_trace_is_a_part_of_it()
    {
        using var listener = new SpanListener();

        var (message, answer) = await AnswerAsync(Sender + "01");

        var span = Assert.IsType<Activity>(listener.Of(message.MessageGuid));
        Assert.Equal(Sender + "01", span.ParentId);
        Assert.Equal(span.Id, answer.TraceParent);
        var batch = Assert.Single(listener.Ended, ended => ended.Links.Any(link => link.Context.SpanId == span.SpanId));
        Assert.Equal(batch.SpanId, Assert.Single(span.Links).Context.SpanId);
        Assert.Equal(2, listener.Ended.Count(ended => ended.ParentSpanId == batch.SpanId && ended.OperationName is "flush" or "publish"));
    }

    [Fact]
    public async Task What_the_sender_decided_not_to_trace_is_not_and_goes_on_as_it_came()
    {
        using var listener = new SpanListener();

        var (message, answer) = await AnswerAsync(Sender + "00");

        Assert.Null(listener.Of(message.MessageGuid));
        Assert.Equal(Sender + "00", answer.TraceParent);
        Assert.DoesNotContain(listener.Ended, span => span.ParentId?.StartsWith(Sender, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_service_that_does_not_trace_leaves_no_gap()
    {
        var (_, answer) = await AnswerAsync(Sender + "01");

        Assert.Equal(Sender + "01", answer.TraceParent);
    }

    [Theory]
    [InlineData(1, 400, 400)]
    [InlineData(4, 60, 140)]
    [InlineData(1000000, 0, 2)]
    public void Of_the_files_of_a_request_the_wanted_share_is_traced_and_the_same_ones_each_time(int oneIn, int least, int most)
    {
        var sampling = new FileSampling(oneIn);
        var request = MessageHeader.Root("Test", TimeProvider.System, Sender + "01");
        var files = Enumerable.Range(0, 400).Select(number => Message(request.Answer("Test", BitConverter.GetBytes(number)))).ToList();

        var traced = files.Count(file => sampling.Decide(file).Header.TraceParent == Sender + "01");

        Assert.InRange(traced, least, most);
        Assert.All(files, file => Assert.Equal(sampling.Decide(file).Header, sampling.Decide(file).Header));
        Assert.Equal(files.Count - traced, files.Count(file => sampling.Decide(file).Header.TraceParent == Sender + "00"));
    }

    private static OutgoingMessage Message(MessageHeader header) => new() { Header = header, Body = default };

    /// <summary>Asks the anonymiser for a file that is not there.</summary>
    private static async Task<(MessageHeader Message, MessageHeader Answer)> AnswerAsync(string? traceParent)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var deployment = new Deployment();
        await File.WriteAllTextAsync(Path.Combine(deployment.Sources, "x"), "", cancellation);
        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;
        var message = OutgoingMessage.Root(
            new ExtractFileMessage { Extraction = deployment.Job(), DicomFilePath = "missing.dcm", OutputPath = "a.dcm" }, "Test", TimeProvider.System, "anon", traceParent);
        await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = "ExtractFileExchange" }, cancellation);
        await publisher.PublishAsync([message], cancellation);
        await using var answers = await broker.OpenConsumerAsync(new() { Queue = "ExtractedFileNoVerifyQueue" }, cancellation);
        await WorkflowTests.RunUntilAsync(context, [deployment.Anonymiser(context)], () => answers.Deliveries.Count > 0);
        return (message.Header, HeaderTable.Read((await answers.Deliveries.ReadAsync(cancellation)).Headers));
    }
}
