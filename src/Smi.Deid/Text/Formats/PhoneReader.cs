using Smi.Deid.Text.Tokens;

namespace Smi.Deid.Text.Formats;

/// <summary>Phone numbers without a label: +44 …, (0131) …, 07700 900…, 617-555-0123.</summary>
internal static class PhoneReader
{
    /// <summary>A number that begins with + or a bracket; returns its last token, or -1.</summary>
    public static int FromSymbol(TokenizedText text, int index, SpanCollector spans)
    {
        var plus = text.IsSymbol(index, '+');
        if ((!plus && !text.IsSymbol(index, '(')) || !text.IsNumber(index + 1) || !text.Glued(index + 1)) return -1;
        if (plus && index > 0 && text.Glued(index) && text.IsNumber(index - 1)) return -1;
        var last = -1;
        var digits = 0;
        for (var next = index + 1; next < index + 14 && text.Exists(next) && !text[next].LineBefore && (text.IsNumber(next) || IsPhoneSymbol(text, next)); next++)
        {
            if (!text.IsNumber(next)) continue;
            if (digits + text[next].Length > 15) break;
            digits += text[next].Length;
            last = next;
        }

        var good = plus ? digits >= 8 : digits is >= 9 and <= 13 && IsBracketed(text, index);
        if (!good) return -1;
        var closed = plus || text.Text.AsSpan(text[index].Start, text[last].End - text[index].Start).Contains(')');
        last = WithExtension(text, last);
        spans.Add(text, closed ? index : index + 1, last, TextCategory.Phone, SpanStrength.Format, "phone number");
        return last;
    }

    /// <summary>With "ext. 237", "x237" or the further digits of a line that follow.</summary>
    public static int WithExtension(TokenizedText text, int last)
    {
        var next = text.IsSymbol(last + 1, ',') ? last + 2 : last + 1;
        if (!text.Equals(next, "ext") && !text.Equals(next, "extn") && !text.Equals(next, "extension") && !text.Equals(next, "x")) return last;
        next = text.IsSymbol(next + 1, '.') ? next + 2 : next + 1;
        return text.IsNumber(next) && !text[next].LineBefore && text[next].Length <= 6 ? next : last;
    }

    /// <summary>0551/394433, 0551-399586 12: an area and a number, as German numbers are written.</summary>
    private static int AreaAndNumber(TokenizedText text, int index)
    {
        if (text[index].Length is < 3 or > 5 || !(text.IsSymbol(index + 1, '/') || text.IsSymbol(index + 1, '-')) || !text.Glued(index + 1) || !text.Glued(index + 2) || !text.IsNumber(index + 2)) return -1;
        var last = index + 2;
        var digits = text[index].Length + text[last].Length;
        if (text[last].Length < 5) return -1;
        while (text.IsNumber(last + 1) && !text[last + 1].LineBefore && text[last + 1].Length is >= 2 and <= 4 && digits + text[last + 1].Length <= 13) digits += text[++last].Length;
        return digits is >= 8 and <= 13 ? last : -1;
    }

    /// <summary>The last token of a national number written in groups, or -1.</summary>
    public static int FromGroups(TokenizedText text, int index, DigitGroups groups)
    {
        if (text.Raw(index)[0] == '0')
        {
            if (AreaAndNumber(text, index) is var area and >= 0) return area;
            for (var count = groups.Count; count >= 1; count--)
            {
                if (groups.Total(text, count) is >= 9 and <= 11 && (count > 1 || text[index].Length >= 10) && text[index].Length >= 2) return groups.TokenOf(count - 1);
            }

            return -1;
        }

        if (groups.Starts("3-3-4") || (groups.Starts("334") && text.Raw(index)[0] >= '2' && groups.JoinedShape.StartsWith("334", StringComparison.Ordinal))) return groups.TokenOf(2);
        if (groups.Starts("1-3-3-4")) return groups.TokenOf(3);
        // 555 is the exchange of examples and directory enquiries; seven digits alone need it.
        return groups.Starts("3-4") && text.Raw(index).SequenceEqual("555") ? groups.TokenOf(1) : -1;
    }

    /// <summary>(0131) 496 0294, (617) 555-0123, (07700 900472).</summary>
    private static bool IsBracketed(TokenizedText text, int index)
    {
        var raw = text.Raw(index + 1);
        return raw[0] == '0' || (raw.Length == 3 && text.IsSymbol(index + 2, ')'));
    }

    private static bool IsPhoneSymbol(TokenizedText text, int index) =>
        text.IsSymbol(index, '(') || text.IsSymbol(index, ')') || text.IsSymbol(index, '-') || text.IsSymbol(index, '.') && text.Glued(index + 1) || text.IsSymbol(index, '/') && text.Glued(index + 1);
}
