namespace Smi.Messaging.Embedded;

/// <summary>Where the embedded broker keeps its messages, and how it tells that a consumer is gone.</summary>
public sealed record EmbeddedBrokerOptions
{
    public required string Path { get; init; }

    /// <summary>A consumer that has not been heard of for so long is dead, and what it held is delivered again. A dead process of this machine is noticed at once.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often other processes' messages are looked for.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(50);
}
