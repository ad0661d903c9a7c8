namespace Smi.Extraction.Pipeline;

/// <summary>The part of a service that knows what its messages mean. Facts about a file are results; an exception is a fault of ours and is tried again.</summary>
internal interface IBatchHandler<TWork>
{
    /// <summary>Works on one message; many at the same time. Throws MalformedMessageException for what can never be read.</summary>
    /// <param name="attempt">1 the first time, counted on after each <see cref="WorkResult{TWork}.Later"/> and each fault.</param>
    Task<WorkResult<TWork>> WorkAsync(ReceivedMessage received, int attempt, CancellationToken cancellation);

    /// <summary>Finishes a batch: durable first, then published and confirmed. One batch at a time; acknowledged when this returns.</summary>
    Task FinishAsync(IReadOnlyList<TWork> batch, CancellationToken cancellation);

    /// <summary>The result for a message whose attempts are used up; null when it must be tried for ever.</summary>
    TWork? GiveUp(ReceivedMessage received, Exception fault);

    /// <summary>Why no message can be worked on at all, or null. Asked for every message; the answer may be half a second old.</summary>
    string? FindObstacle();
}
