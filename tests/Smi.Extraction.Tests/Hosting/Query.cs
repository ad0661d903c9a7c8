using System.Text.RegularExpressions;

namespace Smi.Extraction.Tests.Hosting;

/// <summary>What a PromQL expression asks for, as far as our dashboard and alerts go: selectors with matchers, and the labels it groups by.</summary>
internal sealed partial record Query(string Text, string Legend = "")
{
    // Every scrape adds them.
    private static readonly string[] OfPrometheus = ["instance", "job"];

    /// <summary>Each selector of a metric of ours, with its matchers as label, operator and value.</summary>
    public IEnumerable<(string Metric, IReadOnlyList<(string Label, string Operator, string Value)> Matchers)> Selectors => Selector().Matches(Text).Select(
        match => (match.Groups["name"].Value, (IReadOnlyList<(string, string, string)>)[.. Matcher().Matches(match.Groups["matchers"].Value)
            .Select(matcher => (matcher.Groups[1].Value, matcher.Groups[2].Value, matcher.Groups[3].Value))]));

    /// <summary>What is wrong with it, given what is exposed.</summary>
    public IEnumerable<string> Complaints(ExposedMetrics exposed)
    {
        foreach (var (metric, matchers) in Selectors)
        {
            if (!exposed.Has(metric))
            {
                yield return $"{metric} is not exposed";
                continue;
            }

            var groups = Grouping().Matches(Text).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries));
            foreach (var label in groups.Concat(matchers.Select(matcher => matcher.Label)).Where(label => !exposed.HasLabel(metric, label)))
            {
                yield return $"{metric} has no label {label}";
            }

            foreach (var (label, _, value) in matchers.Where(matcher => !exposed.Values(metric, matcher.Label).Any(shown => Fits(shown, matcher.Operator, matcher.Value))))
            {
                yield return $"{metric} has no {label} like {value}";
            }

            foreach (var label in Shown().Matches(Legend).Select(match => match.Groups[1].Value).Where(label => !IsLeft(exposed, metric, label)))
            {
                yield return $"the legend of {Text} shows {label}, which the result has not";
            }
        }
    }

    // An aggregation leaves only what it groups by.
    private bool IsLeft(ExposedMetrics exposed, string metric, string label) => Aggregation().IsMatch(Text)
        ? Grouping().Matches(Text).Any(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries).Contains(label))
        : OfPrometheus.Contains(label) || exposed.HasLabel(metric, label);

    private static bool Fits(string shown, string how, string wanted) => how switch
    {
        "=" => shown == wanted,
        "=~" => Regex.IsMatch(shown, $"^({wanted})$", RegexOptions.None, TimeSpan.FromSeconds(1)),
        _ => throw new NotSupportedException(how),
    };

    [GeneratedRegex(@"(?<name>\bsmi_[a-z_]+)(\{(?<matchers>[^}]*)\})?")]
    private static partial Regex Selector();

    [GeneratedRegex(@"([a-z_]+)\s*(=~|!~|!=|=)\s*""([^""]*)""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\bby\s*\(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b(sum|avg|min|max|count)\b")]
    private static partial Regex Aggregation();

    [GeneratedRegex(@"\{\{\s*([a-z_]+)\s*\}\}")]
    private static partial Regex Shown();
}
