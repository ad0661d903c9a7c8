namespace Smi.Deid;

/// <summary>Either a file that waits for its name, or what became of it instead. Exactly one is set.</summary>
public sealed class StagingResult
{
    private StagingResult(StagedFile? file, DeidOutcome? outcome)
    {
        File = file;
        Outcome = outcome;
    }

    public StagedFile? File { get; }

    public DeidOutcome? Outcome { get; }

    public static StagingResult Staged(StagedFile file) => new(file, null);

    public static StagingResult Ended(DeidOutcome outcome) => new(null, outcome);

    public static StagingResult Refused(string stage, string reason) => Ended(new DeidOutcome.Refused(stage, reason));
}
