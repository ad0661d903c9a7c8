using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>Ages over 89 (45 CFR 164.514(b)(2)(i)(C)): 94-year-old, 94 yo, 094Y, ninety-four years old, nonagenarian.</summary>
internal sealed class AgeFinder : ITextFinder
{
    private static readonly string[] Spelled = ["nonagenarian", "centenarian", "nineties"];

    public void Find(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            if (text.Value(index) is > 89 and < 130 && text[index].Length <= 3 && IsYears(text, SkipHyphen(text, index + 1))) Add(text, index, index, spans);
            else if (text.Value(index) is > 89 and < 120 && IsPersonsAge(text, index)) Add(text, index, index, spans);
            else if (text[index].Kind == TokenKind.Mixed && IsMixedAge(text.Raw(index))) Add(text, index, index, spans);
            else if (text.IsWord(index)) FindSpelled(text, index, spans);
        }
    }

    /// <summary>She is 92 and frail; he was 94. With a unit behind it is something else.</summary>
    private static bool IsPersonsAge(TokenizedText text, int index) =>
        (text.Equals(index - 1, "is") || text.Equals(index - 1, "was")) && (text.Equals(index - 2, "she") || text.Equals(index - 2, "he") || text.Equals(index - 2, "who"))
        && !text.Is(index + 1, WordClass.Unit) && !text.IsSymbol(index + 1, '%') && !text.IsSymbol(index + 1, '/') && !(text.IsSymbol(index + 1, '.') && text.IsNumber(index + 2) && text.Glued(index + 2));

    private static void FindSpelled(TokenizedText text, int index, SpanCollector spans)
    {
        if (Spelled.Any(word => text.Equals(index, word))) Add(text, index, index, spans);
        if (!text.Equals(index, "ninety")) return;
        var last = text.IsSymbol(index + 1, '-') && text.IsWord(index + 2) && !text.Equals(index + 2, "year") ? index + 2 : index;
        if (last == index && text.IsWord(index + 1) && IsYears(text, SkipHyphen(text, index + 2))) last = index + 1;
        if (IsYears(text, SkipHyphen(text, last + 1))) Add(text, index, last, spans);
    }

    private static int SkipHyphen(TokenizedText text, int index) => text.IsSymbol(index, '-') || text.IsSymbol(index, '–') ? index + 1 : index;

    private static bool IsYears(TokenizedText text, int index)
    {
        if (text.Equals(index, "yo") || text.Equals(index, "yrs") || text.Equals(index, "yr") || text.Equals(index, "jahrige") || text.Equals(index, "ans")) return true;
        if (text.Equals(index, "y")) return true;
        var years = text.Equals(index, "year") || text.Equals(index, "years");
        if (!years) return false;
        var next = SkipHyphen(text, index + 1);
        return text.Equals(next, "old") || text.Equals(next, "of") || text.Equals(index, "year") || text.Is(next, WordClass.Function) == false && text.IsSymbol(index + 1, ',');
    }

    /// <summary>94yo, 94F, 094Y.</summary>
    private static bool IsMixedAge(ReadOnlySpan<char> raw)
    {
        var letters = raw.IndexOfAnyExceptInRange('0', '9');
        if (letters is not (2 or 3) || !int.TryParse(raw[..letters], out var age) || age is <= 89 or >= 130) return false;
        var unit = raw[letters..];
        return unit.Equals("y", StringComparison.OrdinalIgnoreCase) || unit.Equals("yo", StringComparison.OrdinalIgnoreCase) || unit.Equals("yr", StringComparison.OrdinalIgnoreCase)
            || unit.Equals("yrs", StringComparison.OrdinalIgnoreCase) || (letters == 2 && unit is "F" or "M");
    }

    private static void Add(TokenizedText text, int first, int last, SpanCollector spans) =>
        spans.Add(text, first, last, TextCategory.Age, SpanStrength.Format, "age over 89");
}
