namespace Smi.Messaging.Brokers;

/// <summary>Sends messages to one exchange.</summary>
public interface IMessagePublisher : IAsyncDisposable
{
    /// <summary>
    /// Returns when the broker has confirmed every message. Throws <see cref="UnroutableMessageException"/> when one came back, and
    /// <see cref="BrokerException"/> when the attempts are used up; some messages may have been sent then.
    /// </summary>
    Task PublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellation);
}
