namespace Smi.Extraction.IsIdentifiable;

/// <summary>ConsensusRules: reports only what all its rules report, word for word overlapping; ignores only what all of them ignore.</summary>
internal sealed class ConsensusRule(IReadOnlyList<IValueRule> rules) : IValueRule
{
    public async Task<(RuleAction Action, IReadOnlyList<FailurePart> Parts)> ApplyAsync(string column, string value, CancellationToken cancellation)
    {
        var (agreed, common) = await rules[0].ApplyAsync(column, value, cancellation);
        foreach (var rule in rules.Skip(1))
        {
            // The rest need not be asked, a recogniser over the network least of all.
            if (agreed == RuleAction.None)
            {
                break;
            }

            var (action, parts) = await rule.ApplyAsync(column, value, cancellation);
            common = [.. common.Where(part => parts.Any(other => Overlap(part, other)))];
            agreed = action != agreed || (action == RuleAction.Report && common.Count == 0) ? RuleAction.None : agreed;
        }

        return agreed == RuleAction.Report ? (agreed, common) : (agreed, []);
    }

    private static bool Overlap(FailurePart left, FailurePart right) =>
        left.Offset < right.Offset + right.Word.Length && right.Offset < left.Offset + left.Word.Length;
}
