using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Smi.Messaging.Brokers;
using Smi.Messaging.Wire;

namespace Smi.Messaging.RabbitMq;

/// <summary>One channel with publisher confirms, and the ledger of what is not yet confirmed on it. Used by one caller at a time.</summary>
internal sealed class PublisherChannel : IAsyncDisposable
{
    private readonly IChannel _channel;
    private readonly string _exchange;
    private readonly ConfirmLedger _ledger = new();

    private PublisherChannel(IChannel channel, string exchange)
    {
        _channel = channel;
        _exchange = exchange;
    }

    public bool IsOpen => _channel.IsOpen;

    /// <summary>Opens the channel and makes sure, without creating anything, that the exchange is there.</summary>
    public static async Task<PublisherChannel> OpenAsync(IConnection connection, string exchange, CancellationToken cancellation)
    {
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false);
        var channel = await connection.CreateChannelAsync(options, cancellation);
        try
        {
            await channel.ExchangeDeclarePassiveAsync(exchange, cancellation);
        }
        catch (OperationInterruptedException fault) when (fault.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            await channel.DisposeAsync();
            throw new BrokerException($"exchange {exchange} does not exist; smi setup-broker creates what the settings name", fault);
        }

        var opened = new PublisherChannel(channel, exchange);
        opened.Listen();
        return opened;
    }

    /// <summary>Sends one message and answers with the promise of the broker's word about it.</summary>
    public async Task<Task<Confirmation>> SendAsync(OutgoingMessage message, DateTimeOffset now, CancellationToken cancellation)
    {
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            ContentEncoding = "UTF-8",
            DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new AmqpTimestamp(now.ToUnixTimeSeconds()),
            Headers = HeaderTable.Write(message.Header),
        };
        var number = await _channel.GetNextPublishSequenceNumberAsync(cancellation);
        var answer = _ledger.Expect(number, message.Header.MessageGuid);
        await _channel.BasicPublishAsync(_exchange, message.RoutingKey, mandatory: true, properties, message.Body, cancellation);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        _ledger.Close(new BrokerException("the publisher was closed"));
        await _channel.DisposeAsync();
    }

    private void Listen()
    {
        _channel.BasicAcksAsync += (_, confirmed) =>
        {
            _ledger.Settle(confirmed.DeliveryTag, confirmed.Multiple, accepted: true);
            return Task.CompletedTask;
        };
        _channel.BasicNacksAsync += (_, refused) =>
        {
            _ledger.Settle(refused.DeliveryTag, refused.Multiple, accepted: false);
            return Task.CompletedTask;
        };
        _channel.BasicReturnAsync += (_, returned) =>
        {
            NoteReturn(returned);
            return Task.CompletedTask;
        };
        _channel.ChannelShutdownAsync += (_, reason) =>
        {
            _ledger.Close(new BrokerException($"the broker closed the channel: {reason.ReplyText}"));
            return Task.CompletedTask;
        };
        if (!_channel.IsOpen)
        {
            _ledger.Close(new BrokerException("the broker closed the channel"));
        }
    }

    private void NoteReturn(BasicReturnEventArgs returned)
    {
        if (returned.BasicProperties.Headers is { } headers)
        {
            _ledger.Returned(HeaderTable.Read(headers.ToDictionary()).MessageGuid);
        }
    }
}
