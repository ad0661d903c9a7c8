namespace Smi.Deid;

/// <summary>A fact about one file. Never retried; a fault of ours is an exception instead.</summary>
public abstract record DeidOutcome
{
    private DeidOutcome()
    {
    }

    /// <summary>The file is under its final name, verified.</summary>
    public sealed record Deidentified(DeidReport Report) : DeidOutcome;

    public sealed record SourceMissing : DeidOutcome;

    /// <param name="Stage">read, tags, reports, pixels, verification or output.</param>
    /// <param name="Reason">A plain sentence without values.</param>
    public sealed record Refused(string Stage, string Reason) : DeidOutcome;
}
