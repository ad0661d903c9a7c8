using System.Threading.Channels;

namespace Smi.Messaging.Brokers;

/// <summary>Deliveries of one queue. Every delivery is to be settled exactly once; what is not settled when the consumer goes away is delivered again.</summary>
public interface IMessageConsumer : IAsyncDisposable
{
    /// <summary>At most the prefetch count of deliveries is unsettled at any time. Completes after <see cref="PauseAsync"/> for good, or disposal.</summary>
    ChannelReader<Delivery> Deliveries { get; }

    /// <summary>Settles deliveries. One of an earlier generation is left alone: the broker delivers it again by itself.</summary>
    Task SettleAsync(IReadOnlyList<Delivery> deliveries, Settlement settlement, CancellationToken cancellation);

    /// <summary>Stops new deliveries, while those already handed over can still be settled.</summary>
    Task PauseAsync(CancellationToken cancellation);

    /// <summary>Takes deliveries again after <see cref="PauseAsync"/>.</summary>
    Task ResumeAsync(CancellationToken cancellation);
}
