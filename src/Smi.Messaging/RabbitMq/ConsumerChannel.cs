using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Smi.Messaging.Brokers;

namespace Smi.Messaging.RabbitMq;

/// <summary>One generation of a consumer: a channel, its deliveries, and what of them is unsettled. Gone with its channel.</summary>
internal sealed class ConsumerChannel : AsyncDefaultBasicConsumer, IAsyncDisposable
{
    private readonly ConsumerSpecification _specification;
    private readonly ChannelWriter<Delivery> _deliveries;
    private readonly long _generation;
    private readonly AcknowledgementLedger _ledger = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _consumerTag;
    private long _received;

    // What had come when a look last found messages waiting and none in our hands; -1 when it did not. Owned by the watching loop.
    private long _receivedWhenIdle = -1;

    private ConsumerChannel(
        IChannel channel, ConsumerSpecification specification, ChannelWriter<Delivery> deliveries, long generation)
        : base(channel)
    {
        _specification = specification;
        _deliveries = deliveries;
        _generation = generation;
    }

    /// <summary>Completes with the reason when the broker has ended the channel or the consumer.</summary>
    public Task<string> Ended => _ended.Task;

    public static async Task<ConsumerChannel> OpenAsync(
        IConnection connection, ConsumerSpecification specification, ChannelWriter<Delivery> deliveries, long generation, CancellationToken cancellation)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var consumer = new ConsumerChannel(channel, specification, deliveries, generation);
        try
        {
            await consumer.DeclareAsync(cancellation);
            await channel.BasicQosAsync(0, specification.Prefetch, global: false, cancellation);
            return consumer;
        }
        catch (OperationInterruptedException fault)
        {
            await channel.DisposeAsync();
            throw new BrokerException(
                fault.ShutdownReason?.ReplyCode == Constants.NotFound
                    ? $"queue {specification.Queue} or its exchange does not exist; smi setup-broker creates what the settings name"
                    : $"the broker refuses queue {specification.Queue}: {fault.ShutdownReason?.ReplyText}",
                fault);
        }
    }

    public async Task ConsumeAsync(CancellationToken cancellation)
    {
        _consumerTag ??= await Channel.BasicConsumeAsync(_specification.Queue, _specification.AutoAck, this, cancellation);
    }

    public async Task CancelAsync(CancellationToken cancellation)
    {
        if (_consumerTag is { } tag)
        {
            _consumerTag = null;
            await Channel.BasicCancelAsync(tag, noWait: false, cancellation);
        }
    }

    public async Task SettleAsync(IReadOnlyList<ulong> tags, Settlement settlement, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await (settlement == Settlement.Acknowledge
                ? AcknowledgeAsync(tags, cancellation)
                : GiveUpAsync(tags, requeue: settlement == Settlement.Return, cancellation));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Whether the broker still knows this consumer, asked on a channel of its own. Messages that wait while none is in our hands prove
    /// nothing at one look: they may be on their way to us. At two looks with nothing received between them they do.
    /// </summary>
    public async Task<string?> FindFaultAsync(IConnection connection, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var queue = await channel.QueueDeclarePassiveAsync(_specification.Queue, cancellation);
        if (_consumerTag is null)
        {
            return null;
        }

        if (queue.ConsumerCount == 0)
        {
            return $"the broker has forgotten the consumer of {_specification.Queue}";
        }

        var received = Interlocked.Read(ref _received);
        var isIdle = queue.MessageCount > 0 && await UnsettledAsync(cancellation) == 0;
        var isStalled = isIdle && _receivedWhenIdle == received;
        _receivedWhenIdle = isIdle ? received : -1;
        return isStalled ? $"{_specification.Queue} has messages waiting, but delivers none" : null;
    }

    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        // The body belongs to the library and is reused after this call.
        var delivery = new Delivery
        {
            Tag = deliveryTag,
            Generation = _generation,
            RoutingKey = routingKey,
            Redelivered = redelivered,
            Headers = properties.Headers is { } headers ? headers.ToDictionary() : new Dictionary<string, object?>(),
            Body = body.ToArray(),
        };
        await NoteAsync(deliveryTag, cancellationToken);
        await _deliveries.WriteAsync(delivery, cancellationToken);
    }

    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _ended.TrySetResult($"the broker cancelled the consumer of {_specification.Queue}: the queue was deleted or moved");
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    public override Task HandleChannelShutdownAsync(object channel, RabbitMQ.Client.Events.ShutdownEventArgs reason)
    {
        _ended.TrySetResult($"the channel of {_specification.Queue} was closed: {reason.ReplyText}");
        return base.HandleChannelShutdownAsync(channel, reason);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Channel.CloseAsync();
        }
        catch (Exception fault) when (RabbitFaults.IsConnectionLoss(fault))
        {
            // It was lost already.
        }

        await Channel.DisposeAsync();
    }

    /// <summary>Our own queue is created; any other must be there.</summary>
    private async Task DeclareAsync(CancellationToken cancellation)
    {
        Channel.ChannelShutdownAsync += (_, reason) => HandleChannelShutdownAsync(this, reason);
        if (_specification.Transient is not { } transient)
        {
            await Channel.QueueDeclarePassiveAsync(_specification.Queue, cancellation);
            return;
        }

        await Channel.QueueDeclareAsync(
            _specification.Queue, durable: false, exclusive: false, autoDelete: true, arguments: null, cancellationToken: cancellation);
        foreach (var key in transient.BindingKeys)
        {
            await Channel.QueueBindAsync(_specification.Queue, transient.Exchange, key, cancellationToken: cancellation);
        }
    }

    private async Task NoteAsync(ulong tag, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _received);
        if (_specification.AutoAck)
        {
            return;
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            _ledger.Delivered(tag);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<int> UnsettledAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return _ledger.Count;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task AcknowledgeAsync(IReadOnlyList<ulong> tags, CancellationToken cancellation)
    {
        foreach (var (tag, multiple) in _ledger.Acknowledge([.. tags]))
        {
            await Channel.BasicAckAsync(tag, multiple, cancellation);
        }
    }

    private async Task GiveUpAsync(IReadOnlyList<ulong> tags, bool requeue, CancellationToken cancellation)
    {
        foreach (var tag in tags.Where(_ledger.Remove))
        {
            await Channel.BasicNackAsync(tag, multiple: false, requeue, cancellation);
        }
    }
}
