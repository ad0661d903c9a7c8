using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>Identifying numbers by their form: NHS, CHI, SSN, accession and record numbers, UIDs, and phone numbers.</summary>
internal sealed class NumberFinder : ITextFinder
{
    private const int LongNumber = 7;
    private const int MostGroups = 6;
    private static readonly string[] Modalities = ["CT", "MR", "US", "XR", "NM", "PT", "CR", "DR", "MG", "XA", "RF", "IO", "PX", "ID", "NO"];
    private static readonly string[] Standards = ["iso", "iec", "en", "din", "cpt", "icd", "nema"];

    public void Find(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            var last = text[index].Kind switch
            {
                TokenKind.Number => FromNumber(text, index, spans),
                TokenKind.Mixed => FromMixed(text, index, spans),
                TokenKind.Word => FromLetters(text, index, spans),
                TokenKind.Symbol => PhoneReader.FromSymbol(text, index, spans),
                _ => -1,
            };
            if (last > index) index = last;
            else if (PlateReader.End(text, index) is var plate and >= 0) index = Add(text, index, plate, TextCategory.Device, "registration plate", spans);
        }
    }

    private static int FromNumber(TokenizedText text, int index, SpanCollector spans)
    {
        if (IsInsideNumber(text, index)) return text[index].Length >= LongNumber + 1 ? Add(text, index, index, TextCategory.Id, "long number", spans) : -1;
        if (UidEnd(text, index) is var uid and > 0) return Add(text, index, uid, TextCategory.Id, "UID", spans);
        var groups = DigitGroups.Read(text, index, MostGroups);
        if (IdEnd(text, index, groups) is var id and >= 0) return Add(text, index, id, TextCategory.Id, "patient number", spans);
        var phone = PhoneReader.FromGroups(text, index, groups);
        if (phone >= 0) return Add(text, index, PhoneReader.WithExtension(text, phone), TextCategory.Phone, "phone number", spans);
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
        if (groups.JoinedShape == "2-2-2" && text.Raw(groups.TokenOf(0) + 1)[0] == '-' && !IsSmallUnit(text, groups.TokenOf(2) + 1) && DateReader.Read(text, index) < 0) return groups.TokenOf(2);
        if (groups.JoinedShape.EndsWith("3-3", StringComparison.Ordinal) && groups.Count == 2 && IsCheckLetter(text, groups.TokenOf(1))) return groups.TokenOf(1) + 2;
        if (groups.Starts("2-4-4-4")) return groups.TokenOf(3);
        if (groups.Starts("4444") || groups.Starts("4-4-4-4")) return groups.TokenOf(3);
        return text[index].Length == 10 && CheckDigits.IsNhsNumber(text.Raw(index)) ? index : -1;
    }

    private static bool IsSmallUnit(TokenizedText text, int index) => text.IsSymbol(index, '%') || (text.Is(index, WordClass.Unit) && text[index].Case == LetterCase.Lower);

    /// <summary>257-787-2D: a digit and a letter behind two groups of three.</summary>
    private static bool IsCheckLetter(TokenizedText text, int index) =>
        text.IsSymbol(index + 1, '-') && text.Glued(index + 1) && text.Glued(index + 2) && text.Exists(index + 2) && text[index + 2].Kind == TokenKind.Mixed && text[index + 2].Length == 2;

    /// <summary>Letters with five digits or more (A98735214, RIS-12345), unless they are a nuclide, a level or a code of few digits.</summary>
    private static int FromMixed(TokenizedText text, int index, SpanCollector spans)
    {
        var raw = text.Raw(index);
        var digits = raw.Length - raw.ToString().Count(char.IsLetter);
        if (digits < 5 && LettersThenNumbers(text, index) is var joined and >= 0) return Add(text, index, joined, TextCategory.Id, "letters and digits", spans);
        if (digits < 5 || (raw.Length - digits > 6 && digits < 6)) return -1;
        if (EndsWithUnit(raw)) return -1;
        return Add(text, index, LongEnd(text, index), TextCategory.Id, "letters and digits", spans);
    }

    /// <summary>US-11-0042193, ZL-50-07-62, MR-00430139; not ISO-13485.</summary>
    private static int FromLetters(TokenizedText text, int index, SpanCollector spans)
    {
        if (text[index].Length is < 2 or > 4 || text[index].Case != LetterCase.Upper) return -1;
        foreach (var standard in Standards)
        {
            if (text.Equals(index, standard)) return -1;
        }

        var last = LettersThenNumbers(text, index);
        if (last < 0 && text[index].Length is 2 or 3 && !text[index].Is(WordClass.Vocabulary | WordClass.Unit) && !text.InCapitals(index) && text.IsNumber(index + 1) && !text[index + 1].LineBefore && text[index + 1].Length is 6 or 7) last = index + 1;
        if (last < 0 && text[index].Length == 2 && text.IsNumber(index + 1) && !text[index + 1].LineBefore && text[index + 1].Length is 7 or 8 && !Modalities.Contains(text.Raw(index).ToString(), StringComparer.Ordinal)) last = index + 1;
        return last < 0 ? -1 : Add(text, index, last, TextCategory.Id, "letters and digits", spans);
    }

    /// <summary>The last of the groups joined by hyphens or slashes, when they have six digits or more, or five in one (S11-16519).</summary>
    private static int LettersThenNumbers(TokenizedText text, int index)
    {
        var (last, digits, longest) = (index, 0, 0);
        for (var latest = index + TokenizedText.Reach; last < latest && (text.IsSymbol(last + 1, '-') || text.IsSymbol(last + 1, '/')) && text.Glued(last + 1) && text.IsNumber(last + 2) && text.Glued(last + 2);)
        {
            last += 2;
            digits += text[last].Length;
            longest = Math.Max(longest, text[last].Length);
        }

        return digits >= 6 || (longest >= 5 && text[index].Kind == TokenKind.Mixed) ? last : -1;
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
