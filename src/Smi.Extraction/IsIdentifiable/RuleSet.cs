namespace Smi.Extraction.IsIdentifiable;

/// <summary>All rules of one or more files: basic rules first, then sockets and consensus, then the allow list.</summary>
internal sealed class RuleSet : IDisposable
{
    private readonly ILookup<string, (int Order, BasicRule Rule)> _basicByColumn;
    private readonly List<(int Order, BasicRule Rule)> _basicForAll;
    private readonly IReadOnlyList<IValueRule> _others;
    private readonly IReadOnlyList<AllowlistRule> _allowed;

    public RuleSet(IReadOnlyList<BasicRule> basic, IReadOnlyList<IValueRule> others, IReadOnlyList<AllowlistRule> allowed)
    {
        var ordered = basic.Select((rule, order) => (Order: order, Rule: rule)).ToList();
        _basicByColumn = ordered.Where(pair => pair.Rule.Column is not null).ToLookup(pair => pair.Rule.Column ?? "", StringComparer.OrdinalIgnoreCase);
        _basicForAll = [.. ordered.Where(pair => pair.Rule.Column is null)];
        _others = others;
        _allowed = allowed;
        Count = basic.Count + others.Count + allowed.Count;
    }

    public int Count { get; }

    /// <summary>What the rules report about a value and the allow list does not take back.</summary>
    /// <param name="alsoFound">What was found by other means; the allow list and an ignoring rule apply to it too.</param>
    public async Task<IReadOnlyList<FailurePart>> FindAsync(string column, string value, IReadOnlyList<FailurePart> alsoFound, CancellationToken cancellation)
    {
        var parts = new List<FailurePart>(alsoFound);
        foreach (var rule in InOrder(column))
        {
            var (action, found) = await rule.ApplyAsync(column, value, cancellation);
            if (action == RuleAction.Ignore)
            {
                return [];
            }

            parts.AddRange(found);
        }

        return [.. parts.Where(part => !_allowed.Any(rule => rule.Covers(column, value, part)))];
    }

    public void Dispose()
    {
        foreach (var rule in _others.OfType<IDisposable>())
        {
            rule.Dispose();
        }
    }

    // The first basic rule that fits decides, so files order matters also between rules with and without a column.
    private IEnumerable<IValueRule> InOrder(string column) =>
        _basicByColumn[column].Concat(_basicForAll).OrderBy(pair => pair.Order).Select(pair => (IValueRule)pair.Rule).Concat(_others);
}
