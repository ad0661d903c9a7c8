using System.Threading.Channels;
using RabbitMQ.Client;

namespace Smi.Services.Bench;

/// <summary>Hands deliveries to whoever asks for the next batch.</summary>
internal sealed class QueueingConsumer(IChannel channel) : AsyncDefaultBasicConsumer(channel)
{
    private readonly Channel<QueuedMessage> _messages = System.Threading.Channels.Channel.CreateUnbounded<QueuedMessage>();

    /// <summary>At least one message, and as many as are there, up to the limit.</summary>
    public async Task<List<QueuedMessage>> NextAsync(int limit, CancellationToken cancellation)
    {
        var batch = new List<QueuedMessage> { await _messages.Reader.ReadAsync(cancellation) };
        while (batch.Count < limit && _messages.Reader.TryRead(out var message))
        {
            batch.Add(message);
        }

        return batch;
    }

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        _messages.Writer.WriteAsync(new(deliveryTag, properties.Headers?.ToDictionary(), body.ToArray()), cancellationToken).AsTask();
}
