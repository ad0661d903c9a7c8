using System.Collections.Concurrent;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Tests.Crash;

/// <summary>Takes every status that comes, as the verifier and the packager would, and keeps all of them by the message they answer.</summary>
internal sealed class StatusCollector : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Guid, ConcurrentQueue<(Guid Message, ExtractedFileStatusMessage Status)>> _answers = [];
    private readonly List<IMessageConsumer> _consumers = [];
    private readonly List<Task> _loops = [];
    private int _count;

    /// <summary>All that came, doubles included.</summary>
    public int Count => Volatile.Read(ref _count);

    public int Answered => _answers.Count;

    public static async Task<StatusCollector> StartAsync(IMessageBroker broker, params string[] queues)
    {
        var collector = new StatusCollector();
        foreach (var queue in queues)
        {
            var consumer = await broker.OpenConsumerAsync(new() { Queue = queue, Prefetch = 500 }, TestContext.Current.CancellationToken);
            collector._consumers.Add(consumer);
            collector._loops.Add(collector.TakeAsync(consumer));
        }

        return collector;
    }

    public IReadOnlyList<(Guid Message, ExtractedFileStatusMessage Status)> AnswersTo(Guid message) =>
        _answers.TryGetValue(message, out var answers) ? [.. answers] : [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops);
        foreach (var consumer in _consumers)
        {
            await consumer.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task TakeAsync(IMessageConsumer consumer)
    {
        try
        {
            await foreach (var delivery in consumer.Deliveries.ReadAllAsync(_stop.Token))
            {
                var header = HeaderTable.Read(delivery.Headers);
                _answers.GetOrAdd(header.Parents[^1], _ => []).Enqueue((header.MessageGuid, MessageReader.ReadStatus(delivery.Body.Span)));
                Interlocked.Increment(ref _count);
                await consumer.SettleAsync([delivery], Settlement.Acknowledge, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The run is over.
        }
    }
}
