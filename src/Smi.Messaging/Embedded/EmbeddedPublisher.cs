using Smi.Messaging.Brokers;

namespace Smi.Messaging.Embedded;

/// <summary>Puts messages into every queue that is bound for them, all in one transaction.</summary>
internal sealed class EmbeddedPublisher(EmbeddedBroker broker, string exchange, bool isTopic) : IMessagePublisher
{
    public async Task PublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellation)
    {
        var queues = await broker.OnStoreAsync(store => Insert(store, messages), cancellation);
        broker.Wake(queues);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private HashSet<string> Insert(EmbeddedStore store, IReadOnlyList<OutgoingMessage> messages)
    {
        var bindings = store.Bindings(exchange);
        var routed = new List<(string Queue, OutgoingMessage Message)>(messages.Count);
        foreach (var message in messages)
        {
            var queues = bindings.Where(binding => Accepts(binding, message.RoutingKey)).Select(binding => binding.Queue).Distinct().ToList();
            if (queues.Count == 0)
            {
                throw new UnroutableMessageException(exchange, message.RoutingKey);
            }

            routed.AddRange(queues.Select(queue => (queue, message)));
        }

        store.Insert(routed);
        return [.. routed.Select(pair => pair.Queue)];
    }

    private bool Accepts(BindingDeclaration binding, string routingKey) =>
        isTopic ? RoutingPattern.Matches(binding.RoutingKey, routingKey) : binding.RoutingKey == routingKey;
}
