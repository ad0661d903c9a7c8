using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>Reads a date in any usual notation at a token. A year alone is no date: HIPAA lets it stay.</summary>
internal static class DateReader
{
    private static readonly string[] NumberedThings = ["version", "v", "ver", "release", "software", "section", "chapter", "table", "figure", "build", "rev", "revision", "levels", "grades", "types"];
    private static readonly string[] DateNouns = ["appointment", "visit", "clinic", "scan", "study", "exam", "examination", "film", "films", "admission", "injury", "surgery", "procedure", "biopsy", "mri", "ct", "meeting", "list", "session", "letter", "report", "mdt"];
    private static readonly string[] DateCues = ["before", "since", "until", "till", "dated", "dt"];

    /// <summary>The last token of a date that begins at a token, or -1.</summary>
    public static int Read(TokenizedText text, int index)
    {
        if (text.IsNumber(index)) return FromNumber(text, index);
        if (text.IsWord(index) && text[index].Is(WordClass.Month)) return FromMonth(text, index);
        return text.Exists(index) && text[index].Kind == TokenKind.Mixed ? FromMixed(text, index) : -1;
    }

    /// <summary>After a label such as "DOB" less is needed: 12/05, 220772, a year.</summary>
    public static int ReadLoosely(TokenizedText text, int index)
    {
        var strict = Read(text, index);
        if (strict >= 0) return strict;
        if (!text.IsNumber(index)) return -1;
        if (text[index].Length is 4 or 6 or 8) return IsSeparator(text, index + 1) && text.IsNumber(index + 2) ? LastOfNumbers(text, index) : index;
        return text[index].Length <= 2 && IsSeparator(text, index + 1) && text.IsNumber(index + 2) ? LastOfNumbers(text, index) : SpacedNumbers(text, index);
    }

    public static bool IsYear(int value) => value is >= 1880 and <= 2099;

    private static int FromNumber(TokenizedText text, int index)
    {
        if (text[index].Length is 8 or 14) return IsCompact(text.Raw(index)) ? index : -1;
        if (text[index].Length > 4) return -1;
        if (Numeric(text, index) is var numeric and >= 0) return numeric;
        if (DayAndMonthAfterCue(text, index) is var bare and >= 0) return bare;
        if (Ideographic(text, index) is var ideographic and >= 0) return ideographic;
        if (text[index].Length <= 2 && text.Value(index) is >= 1 and <= 31) return DayThenMonth(text, index, index + 1);
        return IsYear(text.Value(index)) ? YearThenMonth(text, index) : -1;
    }

    /// <summary>22/07/1972, 22.7.72, 1972-07-22, 07/22/1972, 07/1972; blanks may stand around the separators when the year is in full.</summary>
    private static int Numeric(TokenizedText text, int index)
    {
        if (index > 0 && text.Glued(index) && (IsSeparator(text, index - 1) || text.IsSymbol(index - 1, '#')) && index > 1 && text.IsNumber(index - 2)) return -1;
        if (!IsSeparator(text, index + 1) || !(text.IsNumber(index + 2) || IsDayWithTime(text, index + 2))) return -1;
        var separator = text.Raw(index + 1)[0];
        if (IsSeparator(text, index + 3) && text.Raw(index + 3)[0] == separator && (text.IsNumber(index + 4) || IsDayWithTime(text, index + 4)))
        {
            return IsDate(text, index, separator) ? index + 4 : -1;
        }

        var monthYear = separator == '/' && text[index].Length <= 2 && text.Value(index) is >= 1 and <= 12 && text[index + 2].Length == 4 && IsYear(text.Value(index + 2));
        return monthYear && text.Glued(index + 1) && text.Glued(index + 2) && !text.IsSymbol(index + 3, '/') ? index + 2 : -1;
    }

    private static bool IsDate(TokenizedText text, int index, char separator)
    {
        var tight = text.Glued(index + 1) && text.Glued(index + 2) && text.Glued(index + 3) && text.Glued(index + 4);
        var (first, second) = (text.Value(index), text.Value(index + 2));
        if (text[index].Length == 4) return IsYear(first) && second is >= 1 and <= 12 && DayOf(text, index + 4) is >= 1 and <= 31;
        var third = text.Value(index + 4);
        if (text[index].Length > 2 || text[index + 2].Length > 2 || !IsDayAndMonth(first, second)) return text[index].Length == 2 && second is >= 1 and <= 12 && third is >= 1 and <= 31 && text[index + 4].Length == 2 && tight && separator is '/' or '-';
        if (text[index + 4].Length == 4) return IsYear(third);
        if (text[index + 4].Length != 2 || !tight || (text.IsSymbol(index + 5, separator) && text.Glued(index + 6))) return false;
        if (separator != '/' && (IsUnit(text, index + 5) || text.IsSymbol(index + 5, '%'))) return false;
        return separator == '/' || (text[index].Length == 2 && text[index + 2].Length == 2) || !IsListOrSection(text, index);
    }

    /// <summary>1.2.13 after "version", at the head of a paragraph, or 3-4-12 among other numbers is none.</summary>
    private static bool IsListOrSection(TokenizedText text, int index)
    {
        if (IsUnit(text, index + 5) || text.IsSymbol(index + 5, '%')) return true;
        if (index == 0 || text[index].LineBefore) return text.IsWord(index + 5) && !text[index + 5].LineBefore;
        foreach (var word in NumberedThings)
        {
            if (text.Equals(index - 1, word)) return true;
        }

        return text.IsNumber(index - 1) || (text.IsSymbol(index - 1, ',') && text.IsNumber(index - 2)) || text.IsSymbol(index - 1, '=') || text.IsSymbol(index - 1, '(') && text.IsSymbol(index + 5, ')');
    }

    /// <summary>3/17 after "before" or "since": a day and a month without a year.</summary>
    private static int DayAndMonthAfterCue(TokenizedText text, int index)
    {
        if (!text.IsSymbol(index + 1, '/') || !text.Glued(index + 1) || !text.Glued(index + 2) || !text.IsNumber(index + 2)) return -1;
        var (first, second) = (text.Value(index), text.Value(index + 2));
        if (text[index].Length > 2 || text[index + 2].Length > 2 || !IsDayAndMonth(first, second)) return -1;
        if (text.IsSymbol(index + 3, '/') || text.IsSymbol(index + 3, '%') || IsUnit(text, index + 3) || text.Equals(index + 3, "of")) return -1;
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
    private static int Ideographic(TokenizedText text, int index)
    {
        var last = -1;
        for (var part = index; text.IsNumber(part) && text.Exists(part + 1) && text[part + 1].Kind == TokenKind.Ideograph && "年月日년월일".Contains(text.Raw(part + 1)[0], StringComparison.Ordinal); part += 2) last = part + 1;
        return last > index + 1 ? last : -1;
    }

    /// <summary>26 Aug 2005, 26th of August, 26-Aug-05.</summary>
    private static int DayThenMonth(TokenizedText text, int day, int next)
    {
        if (text.IsSymbol(next, '.')) next++;
        if (text.IsWord(next) && text[next].Length <= 2 && (text.Equals(next, "st") || text.Equals(next, "nd") || text.Equals(next, "rd") || text.Equals(next, "th"))) next++;
        if (text.Equals(next, "of") || text.Equals(next, "de") || IsSeparator(text, next)) next++;
        if (!text.Is(next, WordClass.Month) || text[next].LineBefore) return -1;
        // "Score 4. May represent …" is two sentences, "12. März" is a date.
        if (text[next].SentenceStart && text[next].Is(WordClass.Function) && YearAfter(text, next) < 0) return -1;
        // "2 may be" is no date, "2 May" is.
        if (text[next].Case == LetterCase.Lower && text[next].Is(WordClass.Function) && YearAfter(text, next) < 0) return -1;
        if (text[next].Case == LetterCase.Upper && text[next].Is(WordClass.Function) && YearAfter(text, next) < 0 && text.InCapitals(next)) return -1;
        return Math.Max(YearAfter(text, next), next);
    }

    private static int FromMonth(TokenizedText text, int month)
    {
        ref readonly var token = ref text[month];
        var unsure = token.Is(WordClass.Function | WordClass.Common | WordClass.Clinical) && (token.Case == LetterCase.Lower || text.InCapitals(month));
        var next = text.IsSymbol(month + 1, '.') && !(text.Exists(month + 2) && text[month + 2].SentenceStart) ? month + 2 : month + 1;
        if (IsDay(text, next) && !text[next].LineBefore)
        {
            var year = YearAfter(text, next);
            if (year >= 0) return year;
            if (!unsure && !token.Is(WordClass.Eponym) && token.Case != LetterCase.Lower && !IsUnit(text, next + 1) && !IsMeasureSymbol(text, next + 1)) return next;
        }

        var ended = YearAfter(text, month);
        return ended >= 0 && !(unsure && text[ended].Length != 4 && !Folding.IsApostrophe(text.Text[text[ended].Start - 1])) ? ended : -1;
    }

    private static bool IsDay(TokenizedText text, int index) => text.Exists(index) && (text.Value(index) is >= 1 and <= 31 && text[index].Length <= 2 || OrdinalOf(text, index) > 0);

    private static bool IsUnit(TokenizedText text, int index) => text.Is(index, WordClass.Unit) && !text[index].LineBefore;

    private static bool IsMeasureSymbol(TokenizedText text, int index) => text.IsSymbol(index, '%') || text.IsSymbol(index, '.') && text.Glued(index + 1) || text.Equals(index, "x") || text.IsSymbol(index, '-') && text.Glued(index + 1);

    /// <summary>26th, 26Aug2005, 2010Aug26.</summary>
    private static int FromMixed(TokenizedText text, int index)
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

    private static int YearThenMonth(TokenizedText text, int index)
    {
        var next = IsSeparator(text, index + 1) ? index + 2 : index + 1;
        if (!text.Is(next, WordClass.Month) || text[next].LineBefore || text[next].Case == LetterCase.Lower) return -1;
        var day = IsSeparator(text, next + 1) ? next + 2 : next + 1;
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
        if (text[next].Length == 4 && IsYear(text.Value(next))) return next;
        if (text[next].Length != 2 || IsUnit(text, next + 1) || IsMeasureSymbol(text, next + 1)) return -1;
        return separated && !text.IsSymbol(next - 1, ',') || text[index].Is(WordClass.Month) && index > 0 && (IsDay(text, index - 1) || IsSeparator(text, index - 1) && IsDay(text, index - 2)) ? next : -1;
    }

    private static bool IsSeparator(TokenizedText text, int index) =>
        text.IsSymbol(index, '/') || text.IsSymbol(index, '-') || text.IsSymbol(index, '.') || text.IsSymbol(index, '–') || text.IsSymbol(index, '\\');

    private static int LastOfNumbers(TokenizedText text, int index)
    {
        while (IsSeparator(text, index + 1) && text.IsNumber(index + 2) && text.Glued(index + 2)) index += 2;
        return index;
    }

    /// <summary>22 07 1972, only after a label.</summary>
    private static int SpacedNumbers(TokenizedText text, int index) =>
        text[index].Length <= 2 && text.IsNumber(index + 1) && text[index + 1].Length <= 2 && text.IsNumber(index + 2) && text[index + 2].Length is 2 or 4 ? index + 2 : -1;

    private static bool IsCompact(ReadOnlySpan<char> digits)
    {
        var (a, b, c) = (int.Parse(digits[..4]), int.Parse(digits[4..6]), int.Parse(digits[6..8]));
        if (IsYear(a) && b is >= 1 and <= 12 && c is >= 1 and <= 31) return true;
        return digits.Length == 8 && IsYear(int.Parse(digits[4..])) && IsDayAndMonth(int.Parse(digits[..2]), int.Parse(digits[2..4]));
    }
}
