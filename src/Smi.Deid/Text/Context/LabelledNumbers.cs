using Smi.Deid.Text.Formats;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Numbers that only their label makes identifying.</summary>
internal static class LabelledNumbers
{
    private const int ShortestId = 3;
    private const int LongNumber = 4;

    public static void FindId(TokenizedText text, int next, TextCategory category, SpanCollector spans)
    {
        var first = SkipLabelEnd(text, next);
        if (!IsIdPart(text, first) || (text.Exists(first) && text[first].LineBefore && first == next)) return;
        var last = first;
        var digits = 0;
        var length = 0;
        for (var index = first; index - first < 4 * TokenizedText.Reach && IsIdPart(text, index) && (index == first || !text[index].LineBefore); index++)
        {
            digits += text.Raw(index).IndexOfAnyInRange('0', '9') >= 0 ? 1 : 0;
            length += text[index].Length;
            last = index;
            while (index - first < 4 * TokenizedText.Reach && IsIdSeparator(text, index + 1)) index++;
        }

        if (category == TextCategory.Device && IsEndOfPlate(text, last + 1)) last++;
        if (text.IsSymbol(last + 1, '/') && text.IsNumber(last + 2) && text[last + 2].Length == 1 && digits > 2) last += 2;
        if (digits > 0 && length >= ShortestId) spans.Add(text, first, last, category, SpanStrength.Context, category == TextCategory.Device ? "device label" : "ID label");
    }

    public static void FindPhone(TokenizedText text, int next, SpanCollector spans)
    {
        var first = SkipLabelEnd(text, next);
        var last = -1;
        var digits = 0;
        for (var index = first; index - first < 4 * TokenizedText.Reach && text.Exists(index) && !(text[index].LineBefore && index > first) && (text.IsNumber(index) || IsPhoneSymbol(text, index)); index++)
        {
            if (!text.IsNumber(index)) continue;
            digits += text[index].Length;
            last = index;
        }

        if (digits >= 3) spans.Add(text, first, PhoneReader.WithExtension(text, last), TextCategory.Phone, SpanStrength.Context, "phone label");
    }

    public static void FindDate(TokenizedText text, int next, SpanCollector spans)
    {
        var first = SkipLabelEnd(text, next);
        for (var latest = first + TokenizedText.Reach; first < latest && (text.Equals(first, "on") || text.Equals(first, "the") || text.Equals(first, "in"));) first++;
        if (!text.Exists(first) || (text[first].LineBefore && first == next)) return;
        var last = DateReader.ReadLoosely(text, first);
        if (last >= 0) spans.Add(text, first, last, TextCategory.Date, SpanStrength.Context, "date label");
    }

    public static void FindAge(TokenizedText text, int next, SpanCollector spans)
    {
        var first = text.IsSymbol(next, ':') || text.IsSymbol(next, '=') || text.Equals(next, "of") || text.Equals(next, "is") ? next + 1 : next;
        if (text.Value(first) is > 89 and < 130) spans.Add(text, first, first, TextCategory.Age, SpanStrength.Context, "age over 89");
    }

    private static int SkipLabelEnd(TokenizedText text, int index)
    {
        var latest = index + TokenizedText.Reach;
        while (index < latest && (text.IsSymbol(index, ':') || text.IsSymbol(index, '#') || text.IsSymbol(index, '.') || text.IsSymbol(index, '=') || text.IsSymbol(index, '(')
            || text.IsSymbol(index, '-') || text.IsSymbol(index, '№') || text.Equals(index, "no") || text.Equals(index, "nr") || text.Equals(index, "number") || text.Equals(index, "numbers") || text.Equals(index, "is") || text.Equals(index, "id")
            || text.Equals(index, "num") || text.Equals(index, "was")))
        {
            index++;
        }

        return index;
    }

    /// <summary>Digits, letters with digits, or a short prefix in capitals before them (AC-2231, RX 618).</summary>
    private static bool IsIdPart(TokenizedText text, int index)
    {
        if (!text.Exists(index)) return false;
        if (text[index].Kind is TokenKind.Number or TokenKind.Mixed) return !IsMeasure(text, index);
        if (text[index].Length <= 2 && text.IsWord(index) && text[index].Case != LetterCase.Lower && IsIdSeparator(text, index - 1)) return true;
        if (IsPrefix(text, index)) return true;
        return text[index].Kind == TokenKind.Word && text[index].Case == LetterCase.Upper && text[index].Length <= 4 && (!text[index].Is(WordClass.Function | WordClass.Clinical) || (IsIdSeparator(text, index + 1) && text.IsNumber(index + 2) && text[index + 2].Length >= LongNumber))
            && text.Exists(index + 1) && (text[index + 1].Kind is TokenKind.Number or TokenKind.Mixed || (IsIdSeparator(text, index + 1) && text.Exists(index + 2) && text[index + 2].Kind is TokenKind.Number or TokenKind.Mixed));
    }

    /// <summary>DX 4912345, US-11-0042193: behind a label even letters that mean something else begin a number of five digits.</summary>
    private static bool IsPrefix(TokenizedText text, int index)
    {
        if (!text.IsWord(index) || text[index].Case != LetterCase.Upper || text[index].Length > 4 || text[index].Is(WordClass.Function)) return false;
        var digits = 0;
        var next = IsIdSeparator(text, index + 1) ? index + 2 : index + 1;
        while (text.IsNumber(next) && !text[next].LineBefore && next - index < TokenizedText.Reach)
        {
            digits += text[next].Length;
            next = IsIdSeparator(text, next + 1) ? next + 2 : int.MaxValue;
        }

        return digits >= 5;
    }

    /// <summary>The letters of a British registration plate: SY09 SBP.</summary>
    private static bool IsEndOfPlate(TokenizedText text, int index) =>
        text.IsWord(index) && !text[index].LineBefore && text[index].Case == LetterCase.Upper && text[index].Length <= 3;

    private static bool IsMeasure(TokenizedText text, int index) => text.Is(index + 1, WordClass.Unit) && !text[index + 1].LineBefore && text[index].Length <= 4;

    private static bool IsIdSeparator(TokenizedText text, int index) =>
        (text.IsSymbol(index, '-') || text.IsSymbol(index, '/') || text.IsSymbol(index, '.') || text.IsSymbol(index, '_') || text.IsSymbol(index, ':')) && text.Glued(index) && text.Glued(index + 1);

    private static bool IsPhoneSymbol(TokenizedText text, int index) =>
        text.IsSymbol(index, '+') || text.IsSymbol(index, '(') || text.IsSymbol(index, ')') || text.IsSymbol(index, '-') || text.IsSymbol(index, '/') || (text.IsSymbol(index, '.') && text.Glued(index + 1));
}
