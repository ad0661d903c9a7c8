namespace Smi.Messaging.Brokers;

/// <summary>Which exchange to publish to, and how often to try.</summary>
public sealed record PublisherSpecification
{
    public required string Exchange { get; init; }

    public int MaxConfirmAttempts { get; init; } = 1;
}
