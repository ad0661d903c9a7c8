using Smi.Deid.Text;

namespace Smi.Deid.Tests.Text.Benchmark;

/// <summary>Counts, by kind, which generated spans were found whole, and which found spans stand where nothing identifies.</summary>
internal sealed class TextBenchmark
{
    /// <summary>Of a stretch that may be cut or left: clock times.</summary>
    public const string Neutral = "neutral";

    private readonly SortedDictionary<string, (int Found, int Missed)> recall = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> confusion = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> wrongByRule = new(StringComparer.Ordinal);

    public int Right { get; private set; }

    public int Wrong { get; private set; }

    public List<string> Examples { get; } = [];

    public IReadOnlyCollection<string> Kinds => recall.Keys;

    public double Recall => (double)recall.Values.Sum(count => count.Found) / recall.Values.Sum(count => count.Found + count.Missed);

    public double Precision => (double)Right / (Right + Wrong);

    public void Add(GeneratedReport report, IReadOnlyList<TextSpan> found)
    {
        foreach (var expected in report.Spans.Where(span => span.Kind != Neutral)) CountExpected(report, expected, found);
        foreach (var span in found)
        {
            if (report.Spans.Any(other => other.Kind == Neutral && other.Start <= span.Start && span.End <= other.Start + other.Length)) continue;
            if (report.Spans.Any(expected => expected.Start < span.End && span.Start < expected.Start + expected.Length)) Right++;
            else
            {
                Wrong++;
                wrongByRule[span.Rule] = wrongByRule.GetValueOrDefault(span.Rule) + 1;
                Examples.Add($"wrong {span.Rule}: '{Around(report.Text, span.Start, span.Length)}'");
            }
        }
    }

    public IEnumerable<string> Lines() =>
    [
        $"recall {Recall:P2}, precision {Precision:P2}",
        .. recall.Select(kind => $"| {kind.Key} | {kind.Value.Found + kind.Value.Missed} | {(double)kind.Value.Found / (kind.Value.Found + kind.Value.Missed):P2} |"),
        .. confusion.Select(pair => $"{pair.Key}: {pair.Value}"), .. wrongByRule.Select(rule => $"wrong by '{rule.Key}': {rule.Value}"),
    ];

    private void CountExpected(GeneratedReport report, GeneratedSpan expected, IReadOnlyList<TextSpan> found)
    {
        var covered = true;
        for (var index = expected.Start; index < expected.Start + expected.Length; index++)
        {
            covered &= !char.IsLetterOrDigit(report.Text[index]) || found.Any(span => span.Start <= index && index < span.End);
        }

        var count = recall.GetValueOrDefault(expected.Kind);
        recall[expected.Kind] = covered ? (count.Found + 1, count.Missed) : (count.Found, count.Missed + 1);
        if (!covered) Examples.Add($"missed {expected.Kind}: '{Around(report.Text, expected.Start, expected.Length)}'");
        else
        {
            var category = found.First(span => span.Start < expected.Start + expected.Length && expected.Start < span.End).Category;
            var pair = $"{expected.Kind} as {category}";
            confusion[pair] = confusion.GetValueOrDefault(pair) + 1;
        }
    }

    private static string Around(string text, int start, int length)
    {
        var from = Math.Max(0, start - 25);
        var to = Math.Min(text.Length, start + length + 20);
        return (text[from..start] + "<<" + text[start..(start + length)] + ">>" + text[(start + length)..to]).Replace('\n', '|');
    }
}
