namespace Smi.Messaging.Brokers;

/// <summary>The exchanges, queues and bindings that a deployment needs.</summary>
public sealed record BrokerTopology
{
    public required IReadOnlyList<ExchangeDeclaration> Exchanges { get; init; }

    public required IReadOnlyList<string> Queues { get; init; }

    public required IReadOnlyList<BindingDeclaration> Bindings { get; init; }

    /// <summary>The exchange to which every queue's policy sends what was rejected.</summary>
    public required string DeadLetterExchange { get; init; }
}
