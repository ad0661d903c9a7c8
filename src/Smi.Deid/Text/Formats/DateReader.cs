using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>Reads a date in any usual notation at a token. A year alone is no date: HIPAA lets it stay.</summary>
internal static class DateReader
{
    /// <summary>The last token of a date that begins at a token, or -1.</summary>
    public static int Read(TokenizedText text, int index)
    {
        if (text.IsNumber(index)) return FromNumber(text, index);
        if (text.IsWord(index) && text[index].Is(WordClass.Month)) return MonthDates.FromMonth(text, index);
        return text.Exists(index) && text[index].Kind == TokenKind.Mixed ? MonthDates.FromMixed(text, index) : -1;
    }

    /// <summary>After a label such as "DOB" less is needed: 12/05, 220772, a year.</summary>
    public static int ReadLoosely(TokenizedText text, int index)
    {
        var strict = Read(text, index);
        if (strict >= 0) return strict;
        if (!text.IsNumber(index)) return -1;
        if (text[index].Length is 4 or 6 or 8) return DateParts.IsSeparator(text, index + 1) && text.IsNumber(index + 2) ? NumericDates.LastOfNumbers(text, index) : index;
        return text[index].Length <= 2 && DateParts.IsSeparator(text, index + 1) && text.IsNumber(index + 2) ? NumericDates.LastOfNumbers(text, index) : NumericDates.SpacedNumbers(text, index);
    }

    private static int FromNumber(TokenizedText text, int index)
    {
        if (text[index].Length is 8 or 14) return NumericDates.IsCompact(text.Raw(index)) ? index : -1;
        if (text[index].Length > 4) return -1;
        if (NumericDates.Separated(text, index) is var numeric and >= 0) return numeric;
        if (NumericDates.DayAndMonthAfterCue(text, index) is var bare and >= 0) return bare;
        if (NumericDates.Ideographic(text, index) is var ideographic and >= 0) return ideographic;
        if (text[index].Length <= 2 && text.Value(index) is >= 1 and <= 31) return MonthDates.DayThenMonth(text, index, index + 1);
        return DateParts.IsYear(text.Value(index)) ? MonthDates.YearThenMonth(text, index) : -1;
    }
}
