using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>Dates with the name of a month. Each method answers with the last token of the date, or -1.</summary>
internal static class MonthDates
{
    /// <summary>26 Aug 2005, 26th of August, 26-Aug-05.</summary>
    public static int DayThenMonth(TokenizedText text, int day, int next)
    {
        if (text.IsSymbol(next, '.')) next++;
        if (text.IsWord(next) && text[next].Length <= 2 && (text.Equals(next, "st") || text.Equals(next, "nd") || text.Equals(next, "rd") || text.Equals(next, "th"))) next++;
        if (text.Equals(next, "of") || text.Equals(next, "de") || DateParts.IsSeparator(text, next)) next++;
        if (!text.Is(next, WordClass.Month) || text[next].LineBefore) return -1;
        // "Score 4. May represent …" is two sentences, "12. März" is a date.
        if (text[next].SentenceStart && text[next].Is(WordClass.Function) && YearAfter(text, next) < 0) return -1;
        // "2 may be" is no date, "2 May" is.
        if (text[next].Case == LetterCase.Lower && text[next].Is(WordClass.Function) && YearAfter(text, next) < 0) return -1;
        if (text[next].Case == LetterCase.Upper && text[next].Is(WordClass.Function) && YearAfter(text, next) < 0 && text.InCapitals(next)) return -1;
        return Math.Max(YearAfter(text, next), next);
    }

    public static int FromMonth(TokenizedText text, int month)
    {
        ref readonly var token = ref text[month];
        var unsure = token.Is(WordClass.Function | WordClass.Common | WordClass.Clinical) && (token.Case == LetterCase.Lower || text.InCapitals(month));
        var next = text.IsSymbol(month + 1, '.') && !(text.Exists(month + 2) && text[month + 2].SentenceStart) ? month + 2 : month + 1;
        if (IsDay(text, next) && !text[next].LineBefore)
        {
            var year = YearAfter(text, next);
            if (year >= 0) return year;
            if (!unsure && !token.Is(WordClass.Eponym) && token.Case != LetterCase.Lower && !DateParts.IsUnit(text, next + 1) && !DateParts.IsMeasureSymbol(text, next + 1)) return next;
        }

        var ended = YearAfter(text, month);
        return ended >= 0 && !(unsure && text[ended].Length != 4 && !Folding.IsApostrophe(text.Text[text[ended].Start - 1])) ? ended : -1;
    }

    private static bool IsDay(TokenizedText text, int index) => text.Exists(index) && (text.Value(index) is >= 1 and <= 31 && text[index].Length <= 2 || OrdinalOf(text, index) > 0);

    /// <summary>26th, 26Aug2005, 2010Aug26.</summary>
    public static int FromMixed(TokenizedText text, int index)
    {
        if (OrdinalOf(text, index) > 0) return DayThenMonth(text, index, index + 1);
        var raw = text.Raw(index);
        if (raw.Length is < 7 or > 15 || !char.IsAsciiDigit(raw[0])) return -1;
        var letters = raw.IndexOfAnyExceptInRange('0', '9');
        var after = letters + raw[letters..].IndexOfAnyInRange('0', '9');
        if (letters is not (1 or 2) || after <= letters || raw.Length - after is not (2 or 4)) return -1;
        return after - letters >= 3 && Months.Contains(raw[letters..after]) && raw[after..].IndexOfAnyExceptInRange('0', '9') < 0 ? index : -1;
    }

    private static int OrdinalOf(TokenizedText text, int index)
    {
        if (!text.Exists(index) || text[index].Kind != TokenKind.Mixed || text[index].Length is < 3 or > 4) return -1;
        var raw = text.Raw(index);
        var suffix = raw[^2..];
        var isOrdinal = suffix.Equals("st", StringComparison.OrdinalIgnoreCase) || suffix.Equals("nd", StringComparison.OrdinalIgnoreCase)
            || suffix.Equals("rd", StringComparison.OrdinalIgnoreCase) || suffix.Equals("th", StringComparison.OrdinalIgnoreCase);
        return isOrdinal && int.TryParse(raw[..^2], out var day) && day is >= 1 and <= 31 ? day : -1;
    }

    public static int YearThenMonth(TokenizedText text, int index)
    {
        var next = DateParts.IsSeparator(text, index + 1) ? index + 2 : index + 1;
        if (!text.Is(next, WordClass.Month) || text[next].LineBefore || text[next].Case == LetterCase.Lower) return -1;
        var day = DateParts.IsSeparator(text, next + 1) ? next + 2 : next + 1;
        return IsDay(text, day) ? day : text[next].Is(WordClass.Function) ? -1 : next;
    }

    /// <summary>The year after a month or day: 2005, , 2005, -05, '05. The index of its token, or -1.</summary>
    private static int YearAfter(TokenizedText text, int index)
    {
        var next = index + 1;
        if (text.Equals(next, "of") || text.Equals(next, "de")) next++;
        var separated = text.IsSymbol(next, ',') || text.IsSymbol(next, '-') || text.IsSymbol(next, '.') || text.IsSymbol(next, '/') || text.IsSymbol(next, '\'') || text.IsSymbol(next, '’');
        if (separated) next++;
        if (!text.IsNumber(next) || text[next].LineBefore || text[next].SentenceStart) return -1;
        if (text[next].Length == 4 && DateParts.IsYear(text.Value(next))) return next;
        if (text[next].Length != 2 || DateParts.IsUnit(text, next + 1) || DateParts.IsMeasureSymbol(text, next + 1)) return -1;
        return separated && !text.IsSymbol(next - 1, ',') || text[index].Is(WordClass.Month) && index > 0 && (IsDay(text, index - 1) || DateParts.IsSeparator(text, index - 1) && IsDay(text, index - 2)) ? next : -1;
    }
}
