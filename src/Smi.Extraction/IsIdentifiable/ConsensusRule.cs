namespace Smi.Extraction.IsIdentifiable;

/// <summary>ConsensusRules: reports only what all its rules report, word for word overlapping; ignores when one of them ignores.</summary>
internal sealed class ConsensusRule(IReadOnlyList<IValueRule> rules) : IValueRule
{
    public async Task<(RuleAction Action, IReadOnlyList<FailurePart> Parts)> ApplyAsync(string column, string value, CancellationToken cancellation)
    {
        IReadOnlyList<FailurePart>? agreed = null;
        foreach (var rule in rules)
        {
            var (action, parts) = await rule.ApplyAsync(column, value, cancellation);
            if (action != RuleAction.Report)
            {
                return (action, []);
            }

            agreed = agreed is null ? parts : [.. agreed.Where(part => parts.Any(other => Overlap(part, other)))];
        }

        return agreed is { Count: > 0 } ? (RuleAction.Report, agreed) : (RuleAction.None, []);
    }

    private static bool Overlap(FailurePart left, FailurePart right) =>
        left.Offset < right.Offset + right.Word.Length && right.Offset < left.Offset + left.Word.Length;
}
