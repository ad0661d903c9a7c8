using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>Dates in any notation, and times that stand beside a date or say when something was done to the patient.</summary>
internal sealed class DateFinder : ITextFinder
{
    public void Find(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            var last = DateReader.Read(text, index);
            if (last >= 0)
            {
                spans.Add(text, FirstOfDate(text, index), last, TextCategory.Date, SpanStrength.Format, "date");
                index = AddTime(text, last, spans);
            }
            else if (TimeEnd(text, index) is var end and >= 0 && IsTimeOfDay(text, index, end))
            {
                spans.Add(text, index, end, TextCategory.Time, SpanStrength.Format, "time");
                index = end;
            }
        }
    }

    /// <summary>A weekday and the first day of a range belong to the date: Monday 12 May, 12-14 May, 12th and 14th May.</summary>
    private static int FirstOfDate(TokenizedText text, int index)
    {
        if (text.IsSymbol(index - 1, '-') && text.Glued(index) && text.Value(index - 2) is >= 1 and <= 31 && text.Is(index + 1, WordClass.Month)) index -= 2;
        if (text.Is(index - 1, WordClass.Weekday)) return index - 1;
        return text.IsSymbol(index - 1, ',') && text.Is(index - 2, WordClass.Weekday) ? index - 2 : index;
    }

    /// <summary>The time right after a date, with "at" or a comma between.</summary>
    private static int AddTime(TokenizedText text, int last, SpanCollector spans)
    {
        var next = last + 1;
        while (text.Equals(next, "at") || text.IsSymbol(next, ',') || text.IsSymbol(next, '@') || text.IsSymbol(next, '-')) next++;
        if (text[last].Kind == TokenKind.Mixed && text.IsSymbol(next, ':')) next++;
        var end = TimeEnd(text, next);
        if (end < 0 && text[last].Kind == TokenKind.Mixed && text.IsNumber(next)) end = ClockEnd(text, next);
        if (end < 0 && text.IsNumber(next) && text[next].Length == 4 && (text.Equals(next - 1, "at") || IsHours(text, next + 1))) end = next;
        if (end < 0) return last;
        spans.Add(text, next, end, TextCategory.Time, SpanStrength.Format, "time of a date");
        return end;
    }

    /// <summary>14:32, 14:32:05.250, 2:32 pm, 14.32 hrs; the last token, or -1.</summary>
    private static int TimeEnd(TokenizedText text, int index)
    {
        if (!text.IsNumber(index) || text[index].Length > 2 || text.Value(index) is < 0 or > 23) return -1;
        if (IsHours(text, index + 1) && !text.Equals(index + 1, "h")) return index + 1;
        if (!text.Glued(index + 1) || !text.Glued(index + 2) || !text.Exists(index + 2) || text[index + 2].Length < 2) return -1;
        var colon = text.IsSymbol(index + 1, ':');
        if (!colon && !text.IsSymbol(index + 1, '.')) return -1;
        if (text[index + 2].Kind == TokenKind.Mixed) return colon && char.IsAsciiDigit(text.Raw(index + 2)[1]) && char.IsAsciiDigit(text.Raw(index + 2)[0]) ? index + 2 : -1;
        if (!text.IsNumber(index + 2) || text[index + 2].Length != 2 || text.Value(index + 2) > 59) return -1;
        var end = ClockEnd(text, index + 2);
        return colon || IsHours(text, end + 1) ? IsHours(text, end + 1) ? end + 1 : end : -1;
    }

    private static int ClockEnd(TokenizedText text, int last)
    {
        while ((text.IsSymbol(last + 1, ':') || text.IsSymbol(last + 1, '.')) && text.Glued(last + 1) && text.IsNumber(last + 2) && text.Glued(last + 2) && (text.IsSymbol(last + 1, ':') || text[last + 2].Length > 1)) last += 2;
        return last;
    }

    private static bool IsHours(TokenizedText text, int index) =>
        text.Equals(index, "am") || text.Equals(index, "pm") || text.Equals(index, "hrs") || text.Equals(index, "uhr") || text.Equals(index, "h");

    /// <summary>A clock time counts unless it is a position on a breast ("10:00 position") or a ratio.</summary>
    private static bool IsTimeOfDay(TokenizedText text, int index, int end)
    {
        if (text.Equals(end + 1, "position") || text.Equals(end + 1, "oclock") || text.Equals(end + 1, "axis") || text.Equals(end + 1, "radial") || text.Equals(end + 1, "ratio")) return false;
        if (IsHours(text, end) || IsHours(text, end + 1)) return true;
        return text.Equals(index - 1, "at") || text.Equals(index - 1, "time") || text.IsSymbol(index - 1, ':') || text.IsSymbol(index - 1, '@') || text.Equals(index - 1, "from") || text.Equals(index - 1, "until")
            || text.Equals(index - 1, "by") || (end > index + 2) || (text.Equals(index - 2, "of") && text.Equals(index - 3, "time")) || (text.IsSymbol(end + 1, ',') && DateReader.Read(text, end + 2) >= 0) || (text.Equals(end + 1, "on") && DateReader.Read(text, end + 2) >= 0);
    }
}
