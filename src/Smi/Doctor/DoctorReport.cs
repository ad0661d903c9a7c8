using Smi.Extraction.Doctor;

namespace Smi.Doctor;

/// <summary>All that was looked at, in order, and the one word that counts.</summary>
internal sealed record DoctorReport(DateTimeOffset At, IReadOnlyList<Check> Checks)
{
    public bool IsGo => Checks.All(check => check.Verdict != Verdict.NoGo);

    public IEnumerable<IGrouping<string, Check>> Topics => Checks.GroupBy(check => check.Topic);

    /// <summary>The last line of every form of the report.</summary>
    public string Conclusion
    {
        get
        {
            var (faults, warnings) = (Count(Verdict.NoGo), Count(Verdict.Warning));
            return IsGo ? $"GO: {Checks.Count} checks, {warnings} warnings" : $"NO-GO: {faults} of {Checks.Count} checks failed, {warnings} warnings";
        }
    }

    private int Count(Verdict verdict) => Checks.Count(check => check.Verdict == verdict);
}
