using System.Text.RegularExpressions;
using Smi.Deid.Text.Tokens;

namespace Smi.Deid.Text.Rules;

/// <summary>Applies the rules of one file. A rule that runs out of time throws TimeoutException: the file in hand must be refused, not half cleaned.</summary>
internal sealed class TextRuleFinder : ITextFinder
{
    private readonly TextRuleFile file;

    public TextRuleFinder(TextRuleFile file) => this.file = file;

    public void Find(TokenizedText text, SpanCollector spans)
    {
        foreach (var rule in file.Rules)
        {
            try
            {
                Apply(rule, text.Text, spans);
            }
            catch (RegexMatchTimeoutException)
            {
                // The inner exception would carry the text, so it is not passed on.
                throw new TimeoutException($"text rule {rule.Name} ran out of time");
            }
        }
    }

    private static void Apply(TextRule rule, string text, SpanCollector spans)
    {
        foreach (Match match in rule.Expression.Matches(text))
        {
            var added = false;
            foreach (var number in rule.Groups)
            {
                var group = match.Groups[number];
                if (!group.Success || group.Length == 0) continue;
                Add(text, group.Index, group.Index + group.Length, rule, spans);
                added = true;
            }

            if (!added && match.Length > 0) Add(text, match.Index, match.Index + match.Length, rule, spans);
        }
    }

    private static void Add(string text, int start, int end, TextRule rule, SpanCollector spans)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        spans.Add(start, end, rule.Category, SpanStrength.Format, rule.Name);
    }
}
