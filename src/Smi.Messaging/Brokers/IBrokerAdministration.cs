namespace Smi.Messaging.Brokers;

/// <summary>What a person setting up or watching a broker asks for.</summary>
public interface IBrokerAdministration
{
    /// <summary>Plain sentences about exchanges, queues and (where they can be seen) bindings that are missing or of another kind.</summary>
    Task<IReadOnlyList<string>> CheckAsync(BrokerTopology topology, CancellationToken cancellation);

    /// <summary>Creates what is missing and answers with a sentence for each thing done or left to a person.</summary>
    Task<IReadOnlyList<string>> CreateAsync(BrokerTopology topology, CancellationToken cancellation);

    /// <summary>Messages waiting and consumers, by queue; a queue that does not exist is left out.</summary>
    Task<IReadOnlyList<QueueDepth>> CountAsync(IReadOnlyList<string> queues, CancellationToken cancellation);
}
