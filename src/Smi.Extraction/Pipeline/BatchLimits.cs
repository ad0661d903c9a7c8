using Smi.Messaging.Brokers;

namespace Smi.Extraction.Pipeline;

/// <summary>How a pipeline batches, and how long it is patient.</summary>
internal sealed record BatchLimits
{
    public required ConsumerSpecification Consumer { get; init; }

    public int Parallelism { get; init; } = 1;

    public int BatchSize { get; init; } = 256;

    public TimeSpan BatchTimeout { get; init; } = TimeSpan.FromSeconds(0.5);

    public int MaxAttempts { get; init; } = 5;

    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A delivery that is older is given back: brokers close the channel of a consumer that keeps a message too long.</summary>
    public TimeSpan LongestHold { get; init; } = TimeSpan.FromMinutes(8);

    public TimeSpan ObstacleInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Grows with each attempt, up to the longest.</summary>
    public TimeSpan DelayAfter(int attempt) =>
        TimeSpan.FromTicks(Math.Min(LongestRetryDelay.Ticks, FirstRetryDelay.Ticks << Math.Min(attempt - 1, 16)));
}
