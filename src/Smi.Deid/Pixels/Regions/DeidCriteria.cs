namespace Smi.Deid.Pixels.Regions;

/// <summary>One line of criteria of a deid recipe, split as deid does: <c>+ contains ImageType DOSE || missing Manufacturer</c>.</summary>
internal readonly record struct DeidCriteria(RuleCondition? Condition, bool IsAlternative)
{
    private const string And = "+";
    private const string Or = "||";
    private static readonly string[] s_verbs = ["contains", "notcontains", "equals", "notequals", "missing", "present", "empty"];

    private static readonly string[] s_verbsWithValue = s_verbs[..4];

    /// <param name="line">Without blanks at its ends; a comment within it is part of a value for deid.</param>
    /// <exception cref="RegionRuleException">deid cannot read the line, or a value is no expression.</exception>
    public static DeidCriteria Parse(string line, int number, RuleFile file)
    {
        var isAlternative = line.StartsWith(Or, StringComparison.Ordinal);
        var start = isAlternative ? Or.Length : line.StartsWith(And, StringComparison.Ordinal) ? And.Length : 0;
        var text = line[start..].Trim();
        if (text.StartsWith('#'))
        {
            return new DeidCriteria(null, isAlternative);
        }

        if (!s_verbs.Any(verb => text.StartsWith(verb, StringComparison.OrdinalIgnoreCase)))
        {
            file.Report(number, "a criterion that is not understood; the rule acts as if it were met");
            return new DeidCriteria(null, isAlternative);
        }

        return new DeidCriteria(Joined(Parts(text), number, file), isAlternative);
    }

    /// <summary>Within a line a comment stands between blanks: values may hold the character.</summary>
    public static string WithoutComment(string text)
    {
        var line = text.Trim();
        var comment = line.StartsWith('#') ? 0 : $"{line} ".IndexOf(" # ", StringComparison.Ordinal);
        return comment < 0 ? line : line[..comment].Trim();
    }

    /// <summary>An operator divides where the rest of the line holds a verb; values such as <c>AS+</c> hold the character too.</summary>
    private static List<(string Criterion, bool EndsWithOr)> Parts(string line)
    {
        List<(string Criterion, bool EndsWithOr)> parts = [];
        var rest = line;
        while (true)
        {
            var (or, and) = (rest.IndexOf(Or, StringComparison.Ordinal), rest.IndexOf(And, StringComparison.Ordinal));
            var isOr = or >= 0 && (and < 0 || or < and);
            var at = isOr ? or : and;
            var behind = at < 0 ? string.Empty : rest[(at + (isOr ? Or.Length : And.Length))..];
            if (!s_verbs.Any(verb => behind.Contains(verb, StringComparison.Ordinal)))
            {
                parts.Add((rest, false));
                return parts;
            }

            parts.Add((rest[..at], isOr));
            rest = behind.Trim();
        }
    }

    private static RuleCondition Joined(List<(string Criterion, bool EndsWithOr)> parts, int number, RuleFile file)
    {
        List<(string Verb, string Field, string? Value)> criteria = [.. parts.Select(part => Words(part.Criterion, number, file))];
        // deid counts the values of a line without those criteria that have none, so that a value may be compared with the attribute before it.
        string[] values = [.. criteria.Select(criterion => criterion.Value).OfType<string>()];
        RuleCondition? all = null;
        for (var index = 0; index < criteria.Count; index++)
        {
            var (verb, field, value) = criteria[index];
            var next = Criterion(verb, field, value, index < values.Length ? values[index] : "none", number, file);
            all = all is null ? next : parts[index - 1].EndsWithOr ? Either(all, next) : Both(all, next);
        }

        return all ?? throw new RegionRuleException(file.Name, number, "a line without a criterion");
    }

    private static RuleCondition Either(RuleCondition before, RuleCondition next) => subject => before(subject) || next(subject);

    private static RuleCondition Both(RuleCondition before, RuleCondition next) => subject => before(subject) && next(subject);

    private static (string Verb, string Field, string? Value) Words(string criterion, int number, RuleFile file)
    {
        var words = criterion.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        var verb = words.Length > 0 ? words[0].ToLowerInvariant() : string.Empty;
        if (s_verbsWithValue.Contains(verb) && words.Length == 3)
        {
            return (verb, words[1], words[2].Trim());
        }

        return s_verbs.Contains(verb) && !s_verbsWithValue.Contains(verb) && words.Length > 1
            ? (verb, string.Join(' ', words[1..]).Trim(), null)
            : throw new RegionRuleException(file.Name, number, "a criterion that is not a verb, an attribute and what the verb compares with");
    }

    private static RuleCondition Criterion(string verb, string field, string? value, string deidValue, int number, RuleFile file)
    {
        var name = WithoutComment(field);
        if (RuleAttribute.Find(name) is null)
        {
            file.Report(number, $"no attribute is called '{name}'; it counts as missing");
        }

        var pattern = new RulePattern(WithoutComment(value ?? string.Empty));
        if (pattern.IsLiteral && verb is "contains" or "notcontains")
        {
            throw new RegionRuleException(file.Name, number, "a value that is no expression that can be used; special characters in it need a backslash");
        }

        return new DeidCriterion(verb, field, pattern, deidValue).Holds;
    }
}
