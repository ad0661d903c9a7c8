namespace Smi.Extraction.IsIdentifiable;

/// <summary>BasicRules: ignores or reports values by column and pattern. Without a pattern the whole value matches.</summary>
internal sealed class BasicRule(RuleAction action, string? column, RulePattern? pattern, FailureClassification classification) : IValueRule
{
    public string? Column => column;

    public RuleAction Action => action;

    public Task<(RuleAction Action, IReadOnlyList<FailurePart> Parts)> ApplyAsync(string column, string value, CancellationToken cancellation) =>
        Task.FromResult(Apply(column, value));

    private (RuleAction, IReadOnlyList<FailurePart>) Apply(string ofColumn, string value)
    {
        if ((column is not null && !column.Equals(ofColumn, StringComparison.OrdinalIgnoreCase)) || pattern?.IsMatch(value) == false)
        {
            return (RuleAction.None, []);
        }

        return action == RuleAction.Report ? (action, Parts(value)) : (action, []);
    }

    private IReadOnlyList<FailurePart> Parts(string value) => pattern is null
        ? [new FailurePart { Word = value, Classification = classification, Offset = 0 }]
        : [.. pattern.Matches(value).Select(match => new FailurePart { Word = match.Word, Classification = classification, Offset = match.Offset })];
}
