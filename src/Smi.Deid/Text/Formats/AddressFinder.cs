using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>Postcodes and street addresses by their form.</summary>
internal sealed class AddressFinder : ITextFinder
{
    private const int MostStreetWords = 8;

    public void Find(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            if (text[index].Kind == TokenKind.Mixed) FindPostcode(text, index, spans);
            else if (text[index].Is(WordClass.Street) && !(text[index].Is(WordClass.Eponym) && WordForms.IsStreetName(text.Folded(index)))) FindStreet(text, index, spans);
            else if (text[index].Is(WordClass.State)) FindZip(text, index, spans);
            else if (text.Equals(index, "box") && IsPostOffice(text, index) is var first and >= 0 && text.Exists(index + 1) && text[index + 1].Kind is TokenKind.Number or TokenKind.Mixed)
            {
                spans.Add(text, first, index + 1, TextCategory.Address, SpanStrength.Format, "PO box");
            }
        }
    }

    /// <summary>UK (EH99 7QX), Canadian (K1A 0B1) and Dutch (1012 AB is left to its label) postcodes.</summary>
    private static void FindPostcode(TokenizedText text, int index, SpanCollector spans)
    {
        var outward = text.Raw(index);
        if (IsWholeUkPostcode(outward)) spans.Add(text, index, index, TextCategory.Address, SpanStrength.Format, "postcode");
        if (!text.Exists(index + 1) || text[index + 1].Kind != TokenKind.Mixed || text[index + 1].LineBefore) return;
        var inward = text.Raw(index + 1);
        if ((IsOutward(outward) && IsInward(inward)) || IsCanadian(outward, inward) || IsIrish(outward, inward)) spans.Add(text, index, index + 1, TextCategory.Address, SpanStrength.Format, "postcode");
    }

    private static bool IsWholeUkPostcode(ReadOnlySpan<char> code) => code.Length is >= 5 and <= 7 && IsOutward(code[..^3]) && IsInward(code[^3..]);

    private static bool IsOutward(ReadOnlySpan<char> code)
    {
        if (code.Length is < 2 or > 4 || !IsCapital(code[0])) return false;
        var digits = code[1..].IndexOfAnyInRange('0', '9') + 1;
        if (digits is not (1 or 2) || (digits == 2 && !IsCapital(code[1]))) return false;
        var rest = code[digits..];
        return rest.Length is 1 or 2 && (rest.Length == 1 || char.IsAsciiDigit(rest[1]) || IsCapital(rest[1]));
    }

    // The inward code never uses C, I, K, M, O or V, so "5MM" and "3CM" are not one.
    private static bool IsInward(ReadOnlySpan<char> code) =>
        code.Length == 3 && char.IsAsciiDigit(code[0]) && IsInwardLetter(code[1]) && IsInwardLetter(code[2]);

    private static bool IsInwardLetter(char letter) => IsCapital(letter) && letter is not ('C' or 'I' or 'K' or 'M' or 'O' or 'V');

    private static bool IsCanadian(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length == 3 && right.Length == 3 && IsCapital(left[0]) && char.IsAsciiDigit(left[1]) && IsCapital(left[2])
        && char.IsAsciiDigit(right[0]) && IsCapital(right[1]) && char.IsAsciiDigit(right[2]);

    /// <summary>F91 X4Y2: a routing key and four letters or digits, of which some are each.</summary>
    private static bool IsIrish(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length == 3 && right.Length == 4 && IsCapital(left[0]) && char.IsAsciiDigit(left[1]) && (char.IsAsciiDigit(left[2]) || left[2] == 'W')
        && right.IndexOfAnyExceptInRange('0', 'Z') < 0 && right.IndexOfAnyInRange('0', '9') >= 0 && IsCapital(right[0]);

    private static bool IsCapital(char letter) => letter is >= 'A' and <= 'Z';

    /// <summary>Boston, MA 02115: state and ZIP with the town before them.</summary>
    private static void FindZip(TokenizedText text, int state, SpanCollector spans)
    {
        if (text[state].Case != LetterCase.Upper && text[state].Length == 2) return;
        var zip = text.IsSymbol(state + 1, ',') ? state + 2 : state + 1;
        if (!text.IsNumber(zip) || text[zip].Length != 5 || text[zip].LineBefore) return;
        var last = text.IsSymbol(zip + 1, '-') && text.IsNumber(zip + 2) && text[zip + 2].Length == 4 ? zip + 2 : zip;
        var first = text.IsSymbol(state - 1, ',') ? state - 1 : state;
        while (first > 0 && state - first < 5 && text.IsWord(first - 1) && text[first - 1].Case is LetterCase.Capitalised or LetterCase.Upper && !text[first - 1].Is(WordClass.Function) && !text[first].LineBefore) first--;
        spans.Add(text, text.IsSymbol(first, ',') ? first + 1 : first, last, TextCategory.Address, SpanStrength.Format, "state and ZIP");
    }

    /// <summary>3/2 Quarryknowe Wynd, Flat 9, 221 Tannahill Brae; without a number only where the words before are no English ones.</summary>
    private static void FindStreet(TokenizedText text, int street, SpanCollector spans)
    {
        if (FindNumberAfter(text, street, spans)) return;
        var first = street;
        var proper = false;
        for (var index = street - 1; index >= 0 && street - index <= MostStreetWords && !text[index + 1].LineBefore && IsStreetWord(text, index); index--)
        {
            first = index;
            proper |= !text[index].Is(WordClass.Ordinary);
        }

        while (first < street && text[first].Kind == TokenKind.Symbol) first++;
        if (first == street) return;
        var number = HouseNumber(text, first - 1);
        // "St" and "Dr" are too short to mean a street without a house number, and descriptors are full of capitals.
        if (number < 0 && (!proper || text[street].Case == LetterCase.Lower || text[street].Length <= 3 || text.Profile == TextProfile.Descriptor)) return;
        if (number < 0 && text[first].SentenceStart && text[first].Is(WordClass.Ordinary)) return;
        var last = FlatAfter(text, street);
        spans.Add(text, number >= 0 ? FlatBefore(text, number) : first, number >= 0 ? AddressTail.End(text, last) : last, TextCategory.Address, SpanStrength.Format, "street");
    }

    /// <summary>Hauptstraße 12, Calle Mayor 5, rue de la Paix 3: the number stands behind.</summary>
    private static bool FindNumberAfter(TokenizedText text, int street, SpanCollector spans)
    {
        var last = street;
        for (var index = street + 1; index < street + 5 && text.IsWord(index) && !text[index].LineBefore && (text[index].Case != LetterCase.Lower || text[index].Is(WordClass.Particle)); index++) last = index;
        var foreign = text[street].Length > 5 || last > street;
        var abroad = text.Equals(street, "rue") || text.Equals(street, "calle") || text.Equals(street, "via") || text.Equals(street, "ul") || text.Equals(street, "rua") || text.Equals(street, "avenida");
        if (abroad && last > street && text[street + 1].Case != LetterCase.Lower | text[street + 1].Is(WordClass.Particle))
        {
            var end = text.IsNumber(last + 1) ? last + 1 : last;
            spans.Add(text, HouseNumber(text, street - 1) is var before and >= 0 ? before : street, end, TextCategory.Address, SpanStrength.Format, "street");
            return end > street;
        }

        if (!foreign || last != street || !IsGermanStreet(text, street) || !(text.IsNumber(street + 1) || text.Exists(street + 1) && text[street + 1].Kind == TokenKind.Mixed)) return false;
        spans.Add(text, street, AddressTail.End(text, street + 1), TextCategory.Address, SpanStrength.Format, "street");
        return true;
    }

    // "12 Kirk Terrace EH1 2AB" has its number in front and a postcode behind.
    private static bool IsGermanStreet(TokenizedText text, int index) => text[index].Case == LetterCase.Capitalised && WordForms.IsStreetName(text.Folded(index));

    private static bool IsStreetWord(TokenizedText text, int index)
    {
        if (text.IsSymbol(index, '\'') || text.IsSymbol(index, '’') || text.IsSymbol(index, '-') || (text.IsSymbol(index, '.') && text.Equals(index - 1, "st"))) return true;
        if (text[index].Kind == TokenKind.Mixed) return OrdinalStreet(text.Raw(index));
        if (text[index].Kind != TokenKind.Word || text[index].Length == 1) return false;
        if (text.IsSymbol(index - 1, '-') && text.Glued(index) && text.Is(index - 2, WordClass.Particle)) return true;
        if (text[index].Is(WordClass.Particle) && text.IsSymbol(index + 1, '-') && text[index].Case != LetterCase.Lower) return true;
        if (text[index].Case == LetterCase.Lower && text.IsSymbol(index - 1, '-') && text.IsSymbol(index + 1, '-') && text.Glued(index) && text.Glued(index + 1)) return true;
        if (text[index].Case == LetterCase.Lower) return TokenizedText.IsNobiliary(text, index);
        return !text[index].Is(WordClass.Function | WordClass.Title | WordClass.PersonVerb | WordClass.Month) && !(text.InCapitals(index) && text[index].Is(WordClass.Clinical));
    }

    /// <summary>42nd Street.</summary>
    private static bool OrdinalStreet(ReadOnlySpan<char> raw) => char.IsAsciiDigit(raw[0]) && raw.EndsWith("th") || raw.EndsWith("nd") || raw.EndsWith("rd") || raw.EndsWith("st");

    private static int HouseNumber(TokenizedText text, int index)
    {
        if (text.IsSymbol(index, ',')) index--;
        if (!text.Exists(index) || text[index].Kind is not (TokenKind.Number or TokenKind.Mixed) || text[index].Length > 6) return -1;
        while ((text.IsSymbol(index - 1, '/') || text.IsSymbol(index - 1, '-')) && text.Exists(index - 2) && text[index - 2].Kind is TokenKind.Number or TokenKind.Mixed) index -= 2;
        return index;
    }

    /// <summary>Flat 9, 221 …; Apt 4B, 12 …</summary>
    private static int FlatBefore(TokenizedText text, int number)
    {
        if (IsFlat(text, number - 1) && !text[number].LineBefore) return number - 1;
        var before = text.IsSymbol(number - 1, ',') ? number - 2 : number - 1;
        if (!text.Exists(before) || text[before].Kind is not (TokenKind.Number or TokenKind.Mixed)) return number;
        return IsFlat(text, before - 1) ? before - 1 : number;
    }

    private static int FlatAfter(TokenizedText text, int last)
    {
        if (text.IsSymbol(last + 1, '.') && text.IsSymbol(last + 2, ',')) last++;
        var next = text.IsSymbol(last + 1, ',') ? last + 2 : last + 1;
        return IsFlat(text, next) && text.Exists(next + 1) && text[next + 1].Kind is TokenKind.Number or TokenKind.Mixed ? next + 1 : last;
    }

    private static bool IsFlat(TokenizedText text, int index) =>
        text.Equals(index, "flat") || text.Equals(index, "apt") || text.Equals(index, "apartment") || text.Equals(index, "unit") || text.Equals(index, "suite");

    private static int IsPostOffice(TokenizedText text, int box)
    {
        if (text.Equals(box - 1, "po")) return box - 1;
        return text.IsSymbol(box - 1, '.') && text.Equals(box - 2, "o") && text.IsSymbol(box - 3, '.') && text.Equals(box - 4, "p") ? box - 4 : -1;
    }
}
