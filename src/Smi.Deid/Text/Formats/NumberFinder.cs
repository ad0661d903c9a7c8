using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>Identifying numbers by their form: NHS, CHI, SSN, accession and record numbers, UIDs, and phone numbers.</summary>
internal sealed class NumberFinder : ITextFinder
{
    private const int LongNumber = 7;
    private const int MostGroups = 6;

    public void Find(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            var last = text[index].Kind switch
            {
                TokenKind.Number => FromNumber(text, index, spans),
                TokenKind.Mixed => FromMixed(text, index, spans),
                TokenKind.Symbol => PhoneReader.FromSymbol(text, index, spans),
                _ => -1,
            };
            if (last > index) index = last;
        }
    }

    private static int FromNumber(TokenizedText text, int index, SpanCollector spans)
    {
        if (IsInsideNumber(text, index)) return text[index].Length >= LongNumber + 1 ? Add(text, index, index, TextCategory.Id, "long number", spans) : -1;
        if (UidEnd(text, index) is var uid and > 0) return Add(text, index, uid, TextCategory.Id, "UID", spans);
        var groups = DigitGroups.Read(text, index, MostGroups);
        if (IdEnd(text, index, groups) is var id and >= 0) return Add(text, index, id, TextCategory.Id, "patient number", spans);
        var phone = PhoneReader.FromGroups(text, index, groups);
        if (phone >= 0) return Add(text, index, phone, TextCategory.Phone, "phone number", spans);
        if (text[index].Length >= LongNumber && !IsLargeMeasure(text, index)) return Add(text, index, LongEnd(text, index), TextCategory.Id, "long number", spans);
        return -1;
    }

    /// <summary>NHS 3-3-4, CHI 6-4, SSN 3-2-4, ten digits with a good check digit.</summary>
    private static int IdEnd(TokenizedText text, int index, DigitGroups groups)
    {
        if (groups.Starts("334") && CheckDigits.IsNhsNumber(groups.Digits(text, 3))) return groups.TokenOf(2);
        if (groups.Starts("64") && CheckDigits.BeginsWithBirthDate(groups.Digits(text, 2))) return groups.TokenOf(1);
        if (groups.Starts("6-4")) return groups.TokenOf(1);
        if (groups.Starts("3-2-4")) return groups.TokenOf(2);
        if (groups.Starts("22222") && CheckDigits.IsNhsNumber(groups.Digits(text, 5))) return groups.TokenOf(4);
        if (groups.Starts("4444") || groups.Starts("4-4-4-4")) return groups.TokenOf(3);
        return text[index].Length == 10 && CheckDigits.IsNhsNumber(text.Raw(index)) ? index : -1;
    }

    /// <summary>Letters with five digits or more (A98735214, RIS-12345), unless they are a nuclide, a level or a code of few digits.</summary>
    private static int FromMixed(TokenizedText text, int index, SpanCollector spans)
    {
        var raw = text.Raw(index);
        var digits = raw.Length - raw.ToString().Count(char.IsLetter);
        if (digits < 5 || (raw.Length - digits > 6 && digits < 6)) return -1;
        if (EndsWithUnit(raw)) return -1;
        return Add(text, index, LongEnd(text, index), TextCategory.Id, "letters and digits", spans);
    }

    private static bool EndsWithUnit(ReadOnlySpan<char> raw)
    {
        var letters = raw.IndexOfAnyExceptInRange('0', '9');
        if (letters is <= 0 or > 6) return false;
        var unit = raw[letters..];
        return unit.Equals("iu", StringComparison.OrdinalIgnoreCase) || unit.Equals("ml", StringComparison.OrdinalIgnoreCase) || unit.Equals("units", StringComparison.OrdinalIgnoreCase)
            || unit.Equals("mm", StringComparison.OrdinalIgnoreCase) || unit.Equals("mg", StringComparison.OrdinalIgnoreCase) || unit.Equals("mcg", StringComparison.OrdinalIgnoreCase) || unit.Equals("u", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>1.2.840.113619.2.5: five numbers or more joined by dots, some of them long.</summary>
    private static int UidEnd(TokenizedText text, int index)
    {
        var last = index;
        var parts = 1;
        var longest = text[index].Length;
        while (last - index < 4 * TokenizedText.Reach && text.IsSymbol(last + 1, '.') && text.Glued(last + 1) && text.IsNumber(last + 2) && text.Glued(last + 2))
        {
            last += 2;
            parts++;
            longest = Math.Max(longest, text[last].Length);
        }

        return parts >= 5 && longest >= 3 && text.Raw(index)[0] is '0' or '1' or '2' ? last : -1;
    }

    /// <summary>Sub-numbers joined to a long one by a hyphen or slash belong to it.</summary>
    private static int LongEnd(TokenizedText text, int index)
    {
        for (var latest = index + TokenizedText.Reach; index < latest && (text.IsSymbol(index + 1, '-') || text.IsSymbol(index + 1, '/') || text.IsSymbol(index + 1, '_')) && text.Glued(index + 1) && text.Exists(index + 2) && text.Glued(index + 2)
            && text[index + 2].Kind is TokenKind.Number or TokenKind.Mixed;) index += 2;
        return index;
    }

    private static bool IsInsideNumber(TokenizedText text, int index) =>
        index > 1 && text.Glued(index) && text.Glued(index - 1) && (text.IsSymbol(index - 1, '.') || text.IsSymbol(index - 1, ',')) && text.IsNumber(index - 2);

    private static bool IsLargeMeasure(TokenizedText text, int index) => text.Is(index + 1, WordClass.Unit) || (text.IsSymbol(index + 1, '/') && text.Is(index + 2, WordClass.Unit));

    private static int Add(TokenizedText text, int first, int last, TextCategory category, string rule, SpanCollector spans)
    {
        spans.Add(text, first, last, category, SpanStrength.Format, rule);
        return last;
    }
}
