using Smi.Dicom;

namespace Smi.Deid.Pixels.Regions;

/// <summary>One line of criteria of a deid recipe: <c>+ contains ImageType DOSE || missing Manufacturer</c>.</summary>
internal readonly record struct DeidCriteria(RuleCondition? Condition, bool IsAlternative)
{
    private const string And = "+";
    private const string Or = "||";

    public static DeidCriteria Parse(string line, int number, RuleFile file)
    {
        var isAlternative = line.StartsWith(Or, StringComparison.Ordinal);
        var start = isAlternative ? Or.Length : line.StartsWith(And, StringComparison.Ordinal) ? And.Length : 0;
        RuleCondition? all = null;
        var joinsWithOr = false;
        foreach (var (criterion, endsWithOr) in Split(line[start..]))
        {
            if (ParseOne(criterion, number, file) is { } next)
            {
                all = Join(all, next, joinsWithOr);
            }

            joinsWithOr = endsWithOr;
        }

        return new DeidCriteria(all, isAlternative);
    }

    private static RuleCondition Join(RuleCondition? before, RuleCondition next, bool isAlternative) =>
        before is null ? next
        : isAlternative ? subject => before(subject) || next(subject)
        : subject => before(subject) && next(subject);

    /// <summary>An operator within the line stands alone before a criterion; values such as <c>AS+</c> hold the character too.</summary>
    private static IEnumerable<(string Criterion, bool EndsWithOr)> Split(string line)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var start = 0;
        for (var index = 1; index + 1 < words.Length; index++)
        {
            if (words[index] is And or Or && IsOperator(words[index + 1]))
            {
                yield return (string.Join(' ', words[start..index]), words[index] == Or);
                start = index + 1;
            }
        }

        yield return (string.Join(' ', words[start..]), false);
    }

    private static bool IsOperator(string word) =>
        word.ToLowerInvariant() is "contains" or "notcontains" or "equals" or "notequals" or "missing" or "present" or "empty" or "notempty";

    private static RuleCondition? ParseOne(string criterion, int number, RuleFile file)
    {
        var words = criterion.Split(' ', 3);
        var name = words.Length > 1 ? words[1] : string.Empty;
        if (!IsOperator(words[0]) || name.Length == 0)
        {
            file.Report(number, "a criterion that is not understood; the rule acts as if it were met");
            return null;
        }

        if (RuleAttribute.Find(name) is not { } tag)
        {
            file.Report(number, $"no attribute is called '{name}'; it counts as missing");
        }
        else
        {
            return Test(words[0].ToLowerInvariant(), tag, Pattern(words, number, file));
        }

        var holds = words[0].ToLowerInvariant() is "missing" or "notcontains" or "notequals";
        return _ => holds;
    }

    private static RulePattern Pattern(string[] words, int number, RuleFile file)
    {
        var pattern = new RulePattern(words.Length > 2 ? words[2].Trim() : string.Empty);
        if (pattern.IsLiteral)
        {
            file.Report(number, "a value that is no usable expression; it is looked for as it is written");
        }

        return pattern;
    }

    private static RuleCondition Test(string word, DicomTag tag, RulePattern pattern) => word switch
    {
        "contains" => subject => subject.Texts(tag).Any(pattern.IsIn),
        "notcontains" => subject => !subject.Texts(tag).Any(pattern.IsIn),
        "equals" => subject => subject.Texts(tag).Any(pattern.Is),
        "notequals" => subject => !subject.Texts(tag).Any(pattern.Is),
        "missing" => subject => !subject.IsPresent(tag),
        "present" => subject => subject.IsPresent(tag),
        "empty" => subject => subject.IsEmpty(tag),
        _ => subject => subject.IsPresent(tag) && !subject.IsEmpty(tag),
    };
}
