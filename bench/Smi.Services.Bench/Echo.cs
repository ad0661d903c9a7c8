using RabbitMQ.Client;
using Smi.Extraction.Settings;

namespace Smi.Services.Bench;

/// <summary>
/// The least that any service on this broker has to do: consume, publish an answer of the same size with confirms, acknowledge. Uses the
/// client library alone, in the batches and with the prefetch that the service has.
/// </summary>
internal static class Echo
{
    private const int BatchSize = 256;
    private const int Prefetch = 1024;

    public static async Task<int> RunAsync(string yaml, CancellationToken cancellation)
    {
        var settings = SettingsLoader.Load(yaml);
        var rabbit = settings.Broker.Rabbit;
        var factory = new ConnectionFactory { HostName = rabbit.HostName, Port = rabbit.Port, VirtualHost = rabbit.VirtualHost };
        await using var connection = await factory.CreateConnectionAsync(cancellation);
        await using var consuming = await connection.CreateChannelAsync(cancellationToken: cancellation);
        await using var publishing = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        await consuming.BasicQosAsync(0, Prefetch, global: false, cancellation);
        var consumer = new QueueingConsumer(consuming);
        await consuming.BasicConsumeAsync(settings.DicomAnonymiser.Queue.QueueName, autoAck: false, consumer, cancellation);
        while (true)
        {
            var batch = await consumer.NextAsync(BatchSize, cancellation);
            var answers = batch.Select(message => publishing.BasicPublishAsync(
                settings.DicomAnonymiser.Statuses.ExchangeName, settings.DicomAnonymiser.RoutingKeySuccess, mandatory: true,
                new BasicProperties { DeliveryMode = DeliveryModes.Persistent, Headers = message.Headers }, message.Body, cancellation).AsTask());
            await Task.WhenAll(answers);
            await consuming.BasicAckAsync(batch[^1].Tag, multiple: true, cancellation);
        }
    }
}
