using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>Dates of nothing but numbers and what separates them.</summary>
internal static class NumericDates
{
    private static readonly string[] NumberedThings = ["version", "v", "ver", "release", "software", "section", "chapter", "table", "figure", "build", "rev", "revision", "levels", "grades", "types"];
    private static readonly string[] DateNouns = ["appointment", "visit", "clinic", "scan", "study", "exam", "examination", "film", "films", "admission", "injury", "surgery", "procedure", "biopsy", "mri", "ct", "meeting", "list", "session", "letter", "report", "mdt"];
    private static readonly string[] DateCues = ["before", "since", "until", "till", "dated", "dt"];

    /// <summary>22/07/1972, 22.7.72, 1972-07-22, 07/22/1972, 07/1972; blanks may stand around the separators when the year is in full.</summary>
    public static int Separated(TokenizedText text, int index)
    {
        if (index > 0 && text.Glued(index) && (DateParts.IsSeparator(text, index - 1) || text.IsSymbol(index - 1, '#')) && index > 1 && text.IsNumber(index - 2)) return -1;
        if (!DateParts.IsSeparator(text, index + 1) || !(text.IsNumber(index + 2) || IsDayWithTime(text, index + 2))) return -1;
        var separator = text.Raw(index + 1)[0];
        if (DateParts.IsSeparator(text, index + 3) && text.Raw(index + 3)[0] == separator && (text.IsNumber(index + 4) || IsDayWithTime(text, index + 4)))
        {
            return IsDate(text, index, separator) ? index + 4 : -1;
        }

        var monthYear = separator == '/' && text[index].Length <= 2 && text.Value(index) is >= 1 and <= 12 && text[index + 2].Length == 4 && DateParts.IsYear(text.Value(index + 2));
        return monthYear && text.Glued(index + 1) && text.Glued(index + 2) && !text.IsSymbol(index + 3, '/') ? index + 2 : -1;
    }

    private static bool IsDate(TokenizedText text, int index, char separator)
    {
        var tight = text.Glued(index + 1) && text.Glued(index + 2) && text.Glued(index + 3) && text.Glued(index + 4);
        var (first, second) = (text.Value(index), text.Value(index + 2));
        if (text[index].Length == 4) return DateParts.IsYear(first) && second is >= 1 and <= 12 && DayOf(text, index + 4) is >= 1 and <= 31;
        var third = text.Value(index + 4);
        if (text[index].Length > 2 || text[index + 2].Length > 2 || !IsDayAndMonth(first, second)) return text[index].Length == 2 && second is >= 1 and <= 12 && third is >= 1 and <= 31 && text[index + 4].Length == 2 && tight && separator is '/' or '-';
        if (text[index + 4].Length == 4) return DateParts.IsYear(third);
        if (text[index + 4].Length != 2 || !tight || (text.IsSymbol(index + 5, separator) && text.Glued(index + 6))) return false;
        if (separator != '/' && (DateParts.IsUnit(text, index + 5) || text.IsSymbol(index + 5, '%'))) return false;
        return separator == '/' || (text[index].Length == 2 && text[index + 2].Length == 2) || !IsListOrSection(text, index);
    }

    /// <summary>1.2.13 after "version", at the head of a paragraph, or 3-4-12 among other numbers is none.</summary>
    private static bool IsListOrSection(TokenizedText text, int index)
    {
        if (DateParts.IsUnit(text, index + 5) || text.IsSymbol(index + 5, '%')) return true;
        if (index == 0 || text[index].LineBefore) return text.IsWord(index + 5) && !text[index + 5].LineBefore;
        foreach (var word in NumberedThings)
        {
            if (text.Equals(index - 1, word)) return true;
        }

        return text.IsNumber(index - 1) || (text.IsSymbol(index - 1, ',') && text.IsNumber(index - 2)) || text.IsSymbol(index - 1, '=') || text.IsSymbol(index - 1, '(') && text.IsSymbol(index + 5, ')');
    }

    /// <summary>3/17 after "before" or "since": a day and a month without a year.</summary>
    public static int DayAndMonthAfterCue(TokenizedText text, int index)
    {
        if (!text.IsSymbol(index + 1, '/') || !text.Glued(index + 1) || !text.Glued(index + 2) || !text.IsNumber(index + 2)) return -1;
        var (first, second) = (text.Value(index), text.Value(index + 2));
        if (text[index].Length > 2 || text[index + 2].Length > 2 || !IsDayAndMonth(first, second)) return -1;
        if (text.IsSymbol(index + 3, '/') || text.IsSymbol(index + 3, '%') || DateParts.IsUnit(text, index + 3) || text.Equals(index + 3, "of")) return -1;
        foreach (var cue in DateCues)
        {
            if (text.Equals(index - 1, cue)) return index + 2;
        }

        foreach (var noun in DateNouns)
        {
            if (text.Equals(index - 1, noun) || (text.Equals(index + 3, noun) && text.Equals(index - 1, "the"))) return index + 2;
        }

        return first > 12 ^ second > 12 && (text.Equals(index - 1, "on") || text.Equals(index - 1, "again") || text.Equals(index - 1, "from")) && !text.Is(index + 3, WordClass.Common) ? index + 2 : -1;
    }

    private static bool IsDayAndMonth(int first, int second) => first is >= 1 and <= 31 && second is >= 1 and <= 31 && (first <= 12 || second <= 12);

    /// <summary>2010-05-22T14: the day with what follows it.</summary>
    private static bool IsDayWithTime(TokenizedText text, int index) => DayOf(text, index) is >= 1 and <= 31 && text[index].Kind == TokenKind.Mixed;

    private static int DayOf(TokenizedText text, int index)
    {
        if (text.IsNumber(index)) return text[index].Length <= 2 ? text.Value(index) : -1;
        if (!text.Exists(index) || text[index].Kind != TokenKind.Mixed) return -1;
        var raw = text.Raw(index);
        return raw.Length >= 3 && raw[2] is 'T' or 't' && int.TryParse(raw[..2], out var day) ? day : -1;
    }

    /// <summary>2010年5月22日 and 2010년 5월 22일.</summary>
    public static int Ideographic(TokenizedText text, int index)
    {
        var last = -1;
        for (var part = index; text.IsNumber(part) && text.Exists(part + 1) && text[part + 1].Kind == TokenKind.Ideograph && "年月日년월일".Contains(text.Raw(part + 1)[0], StringComparison.Ordinal); part += 2) last = part + 1;
        return last > index + 1 ? last : -1;
    }

    public static int LastOfNumbers(TokenizedText text, int index)
    {
        while (DateParts.IsSeparator(text, index + 1) && text.IsNumber(index + 2) && text.Glued(index + 2)) index += 2;
        return index;
    }

    /// <summary>22 07 1972, only after a label.</summary>
    public static int SpacedNumbers(TokenizedText text, int index) =>
        text[index].Length <= 2 && text.IsNumber(index + 1) && text[index + 1].Length <= 2 && text.IsNumber(index + 2) && text[index + 2].Length is 2 or 4 ? index + 2 : -1;

    /// <summary>19720722 and 22071972, with or without a time behind.</summary>
    public static bool IsCompact(ReadOnlySpan<char> digits)
    {
        var (a, b, c) = (int.Parse(digits[..4]), int.Parse(digits[4..6]), int.Parse(digits[6..8]));
        if (DateParts.IsYear(a) && b is >= 1 and <= 12 && c is >= 1 and <= 31) return true;
        return digits.Length == 8 && DateParts.IsYear(int.Parse(digits[4..])) && IsDayAndMonth(int.Parse(digits[..2]), int.Parse(digits[2..4]));
    }
}
