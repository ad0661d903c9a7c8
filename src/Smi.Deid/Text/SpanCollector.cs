using Smi.Deid.Text.Tokens;

namespace Smi.Deid.Text;

/// <summary>Gathers what the finders report and makes one ordered list without overlaps of it.</summary>
internal sealed class SpanCollector
{
    private readonly List<(TextSpan Span, SpanStrength Strength)> found = [];

    public void Add(int start, int end, TextCategory category, SpanStrength strength, string rule)
    {
        if (end > start) found.Add((new TextSpan(start, end - start, category, rule), strength));
    }

    /// <summary>Reports the tokens first to last, both included.</summary>
    public void Add(TokenizedText text, int first, int last, TextCategory category, SpanStrength strength, string rule) =>
        Add(text[first].Start, text[last].End, category, strength, rule);

    /// <summary>Takes back what was only guessed or looked up, and touches one of these stretches.</summary>
    public void Withdraw(Stretches stretches) => found.RemoveAll(item => item.Strength <= SpanStrength.Dictionary && stretches.Touch(item.Span));

    public IEnumerable<(TextSpan Span, SpanStrength Strength)> All => found;

    /// <summary>Overlapping spans become one, named after the surest (then the longest) of them; so do the parts of a name.</summary>
    public IReadOnlyList<TextSpan> Merge(string text)
    {
        found.Sort((left, right) => left.Span.Start != right.Span.Start
            ? left.Span.Start.CompareTo(right.Span.Start)
            : right.Span.Length.CompareTo(left.Span.Length));
        var merged = new List<TextSpan>(found.Count);
        var strength = SpanStrength.Guess;
        foreach (var (span, sure) in found)
        {
            if (merged.Count == 0 || !Joins(text, merged[^1], span))
            {
                merged.Add(span);
                strength = sure;
                continue;
            }

            var last = merged[^1];
            var surer = sure > strength || (sure == strength && span.Length > last.Length) ? span : last;
            if (sure > strength) strength = sure;
            merged[^1] = surer with { Start = last.Start, Length = Math.Max(last.End, span.End) - last.Start };
        }

        return merged;
    }

    private static bool Joins(string text, TextSpan left, TextSpan right)
    {
        if (right.Start < left.End) return true;
        if (left.Category != right.Category) return false;
        var between = text.AsSpan(left.End, right.Start - left.End);
        return left.Category switch
        {
            TextCategory.Name => between is "" or " " or "-" or "^" or ", " or ". ",
            TextCategory.Date or TextCategory.Time or TextCategory.Id => between.Length == 0,
            TextCategory.Address => between is "" or " " or ", " or ",",
            _ => false,
        };
    }
}
