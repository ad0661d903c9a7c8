namespace Smi.Messaging.Brokers;

/// <summary>A message broker: RabbitMQ, or the embedded one for a machine with nothing installed.</summary>
public interface IMessageBroker : IAsyncDisposable
{
    /// <summary>Starts to consume. Fails with a <see cref="BrokerException"/> when the queue is not there; never creates it.</summary>
    Task<IMessageConsumer> OpenConsumerAsync(ConsumerSpecification consumer, CancellationToken cancellation);

    /// <summary>Opens a publisher. Fails with a <see cref="BrokerException"/> when the exchange is not there; never creates it.</summary>
    Task<IMessagePublisher> OpenPublisherAsync(PublisherSpecification publisher, CancellationToken cancellation);

    /// <summary>Plain sentences about what is wrong now; empty when the broker is reachable and everything declared is there.</summary>
    IReadOnlyList<string> Complaints { get; }
}
