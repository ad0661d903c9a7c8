using RabbitMQ.Client.Exceptions;
using Smi.Messaging.Brokers;

namespace Smi.Messaging.RabbitMq;

/// <summary>Publishes batches to one exchange, reopening channel and connection as needed. Only what was not confirmed is sent again.</summary>
internal sealed class RabbitPublisher(RabbitConnector connector, RabbitOptions options, PublisherSpecification specification, TimeProvider clock)
    : IMessagePublisher
{
    // Beyond this the broker is asked for its word first: memory on both sides, and frames that must be sent again after a loss.
    private const int OutstandingLimit = 512;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private PublisherChannel? _channel;

    public async Task OpenAsync(CancellationToken cancellation) => await ChannelAsync(cancellation);

    public async Task PublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var part in messages.Chunk(OutstandingLimit))
            {
                await PublishPartAsync(part, cancellation);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        _turn.Dispose();
    }

    private async Task PublishPartAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellation)
    {
        var open = messages;
        for (var attempt = 1; ; attempt++)
        {
            string complaint;
            try
            {
                open = await TryPublishAsync(open, cancellation);
                if (open.Count == 0)
                {
                    return;
                }

                complaint = "the broker refused them";
            }
            catch (Exception fault) when (fault is not UnroutableMessageException && (fault is BrokerException || RabbitFaults.IsConnectionLoss(fault)))
            {
                await DropAsync();
                complaint = fault.Message;
            }

            if (attempt >= Math.Max(1, specification.MaxConfirmAttempts))
            {
                throw new BrokerException($"{open.Count} message(s) to {specification.Exchange} were not confirmed after {attempt} attempt(s): {complaint}");
            }

            await Task.Delay(options.FirstRetryDelay * attempt, clock, cancellation);
        }
    }

    /// <summary>Sends all and waits for the broker's word on each; answers with those it refused.</summary>
    private async Task<IReadOnlyList<OutgoingMessage>> TryPublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellation)
    {
        var channel = await ChannelAsync(cancellation);
        var now = clock.GetUtcNow();
        var answers = new List<Task<Confirmation>>(messages.Count);
        foreach (var message in messages)
        {
            answers.Add(await channel.SendAsync(message, now, cancellation));
        }

        var confirmations = await Task.WhenAll(answers).WaitAsync(options.ConfirmTimeout, clock, cancellation);
        var returned = Array.IndexOf(confirmations, Confirmation.Returned);
        if (returned >= 0)
        {
            throw new UnroutableMessageException(specification.Exchange, messages[returned].RoutingKey);
        }

        return [.. messages.Where((_, index) => confirmations[index] != Confirmation.Confirmed)];
    }

    private async Task<PublisherChannel> ChannelAsync(CancellationToken cancellation)
    {
        if (_channel is { IsOpen: true })
        {
            return _channel;
        }

        await DropAsync();
        try
        {
            var connection = await connector.ConnectAsync(cancellation);
            _channel = await PublisherChannel.OpenAsync(connection, specification.Exchange, cancellation);
            return _channel;
        }
        catch (OperationInterruptedException fault)
        {
            throw new BrokerException($"the broker refuses exchange {specification.Exchange}: {fault.ShutdownReason?.ReplyText}", fault);
        }
    }

    private async Task DropAsync()
    {
        if (_channel is { } old)
        {
            _channel = null;
            await old.DisposeAsync();
        }
    }
}
