using Smi.Deid;
using Smi.Extraction.Hosting;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.Tests.Workflow;

/// <summary>An anonymiser on the embedded broker, and its answers in the order in which they come.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly Deployment _deployment;
    private readonly IMessagePublisher _publisher;
    private readonly List<IMessageConsumer> _queues;
    private readonly List<ExtractedFileStatusMessage> _answers = [];

    private Scene(Deployment deployment, ServiceContext context, IMessagePublisher publisher, List<IMessageConsumer> queues) =>
        (_deployment, Context, _publisher, _queues) = (deployment, context, publisher, queues);

    public ServiceContext Context { get; }

    public IReadOnlyList<ExtractedFileStatusMessage> Answers => _answers;

    public static async Task<Scene> OpenAsync(Deployment deployment, TimeProvider? clock = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var context = await deployment.OpenAsync(clock);
        var publisher = await context.Broker.OpenPublisherAsync(new() { Exchange = "ExtractFileExchange" }, cancellation);
        var queues = new List<IMessageConsumer>();
        foreach (var queue in (string[])["ExtractedFileToVerifyQueue", "ExtractedFileNoVerifyQueue"])
        {
            queues.Add(await context.Broker.OpenConsumerAsync(new() { Queue = queue, Prefetch = 1000 }, cancellation));
        }

        return new(deployment, context, publisher, queues);
    }

    public Task PublishAsync(params IReadOnlyList<OutgoingMessage> messages) => _publisher.PublishAsync(messages, TestContext.Current.CancellationToken);

    /// <summary>Runs the service until so many answers have come.</summary>
    public async Task RunAsync(IReadOnlyList<OutgoingMessage> messages, int expected, Func<Task>? meanwhile = null, params IDeidStage[] stages)
    {
        await PublishAsync(messages);
        var other = meanwhile is null ? Task.CompletedTask : Task.Run(meanwhile);
        await WorkflowTests.RunUntilAsync(Context, [_deployment.Anonymiser(Context, stages)], () => Take() >= expected);
        await other;
    }

    public async ValueTask DisposeAsync() => await Context.Broker.DisposeAsync();

    private int Take()
    {
        foreach (var queue in _queues)
        {
            while (queue.Deliveries.TryRead(out var delivery))
            {
                _answers.Add(MessageReader.ReadStatus(delivery.Body.Span));
            }
        }

        return _answers.Count;
    }
}
