namespace Smi.Extraction.Pipeline;

/// <summary>What became of one delivery in a worker: something to finish with its batch, or a wait before the next look.</summary>
internal abstract record WorkResult<TWork>
{
    private WorkResult()
    {
    }

    public sealed record Done(TWork Work) : WorkResult<TWork>;

    /// <param name="Delay">How long this delivery, and no other, waits.</param>
    public sealed record Later(TimeSpan Delay) : WorkResult<TWork>;
}
