namespace Smi.Extraction.IsIdentifiable;

/// <summary>
/// All rules of one or more files, in IsIdentifiable's order whatever that of the files is: rules that ignore, rules that report, consensus, sockets.
/// The allow list takes back what rules report; what was found without rules stays.
/// </summary>
internal sealed class RuleSet : IDisposable
{
    private readonly IReadOnlyList<AllowlistRule> _allowed;
    private readonly List<IValueRule> _others;

    // Rules for the columns that have some of their own, and those for all others.
    private readonly Dictionary<string, IReadOnlyList<IValueRule>> _byColumn;
    private readonly IReadOnlyList<IValueRule> _forAll;

    public RuleSet(IReadOnlyList<BasicRule> basic, IReadOnlyList<IValueRule> others, IReadOnlyList<AllowlistRule> allowed)
    {
        _allowed = allowed;
        _others = [.. others.OrderBy(rule => rule is SocketRule)];
        _forAll = InOrder(basic.Where(rule => rule.Column is null));
        _byColumn = basic.Select(rule => rule.Column).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(
            column => column,
            column => InOrder(basic.Where(rule => rule.Column is null || rule.Column.Equals(column, StringComparison.OrdinalIgnoreCase))),
            StringComparer.OrdinalIgnoreCase);
        Count = basic.Count + others.Count + allowed.Count;
    }

    public int Count { get; }

    /// <summary>What the rules report about a value and the allow list does not take back.</summary>
    /// <param name="column">The attribute's keyword.</param>
    /// <param name="value">The value; carets of person names are blanks.</param>
    /// <param name="alsoFound">What was found without rules; only a rule that ignores the value takes it back.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<IReadOnlyList<FailurePart>> FindAsync(string column, string value, IReadOnlyList<FailurePart> alsoFound, CancellationToken cancellation)
    {
        var parts = new List<FailurePart>();
        foreach (var rule in _byColumn.GetValueOrDefault(column, _forAll))
        {
            var (action, found) = await rule.ApplyAsync(column, value, cancellation);
            if (action == RuleAction.Ignore)
            {
                return parts;
            }

            parts.AddRange(found.Where(part => !_allowed.Any(allowed => allowed.Covers(column, value, part))));
        }

        return [.. parts, .. alsoFound];
    }

    public void Dispose()
    {
        foreach (var rule in _others.OfType<IDisposable>())
        {
            rule.Dispose();
        }
    }

    private IReadOnlyList<IValueRule> InOrder(IEnumerable<BasicRule> basic) => [.. basic.OrderBy(rule => rule.Action != RuleAction.Ignore), .. _others];
}
