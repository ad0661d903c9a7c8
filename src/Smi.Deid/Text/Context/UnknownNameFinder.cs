using System.Buffers;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>
/// Names that neither the header nor a list knows, where capitals say too little to take every unknown word for one: in short attributes, and in
/// reports in capitals. What the word looks like and where it stands are weighed against each other.
/// </summary>
internal sealed class UnknownNameFinder : ITextFinder
{
    // A word of four letters is more often an abbreviation.
    private const int Long = 5;
    private const int VeryLong = 7;
    private const float EnoughWhenLong = -0.3f;

    // Long words of medicine betray themselves by their endings.
    private const float EnoughWhenVeryLong = -0.6f;
    private const float EnoughWhenShort = 1.2f;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("AEIOUY");

    private readonly NameOdds odds;
    private readonly NameExtent extent;

    public UnknownNameFinder(NameModel model)
    {
        odds = new(model);
        extent = new(odds);
    }

    public void Find(TokenizedText text, SpanCollector spans)
    {
        var casing = new SegmentCasing(text);
        for (var index = 0; index < text.Count; index++)
        {
            if (text.IsWord(index) && IsCompoundName(text, index))
            {
                extent.Add(text, index, isCompound: true, spans);
                continue;
            }

            if (!text.IsWord(index) || !Weighs(text, index) || IsLabel(text, index)) continue;
            if (NameOdds.IsName(text, index) || IsEnglishSurname(text, index, casing) || IsEponymUsedAsName(text, index) || IsUnknownName(text, index, casing)) extent.Add(text, index, isCompound: false, spans);
        }
    }

    /// <summary>Young-Mi, Sul-Rah, Al-Sayed, MIN-SEO: two short halves of which the second is no word, and of which neither is half of a term.</summary>
    private bool IsCompoundName(TokenizedText text, int index)
    {
        if ((text.Profile != TextProfile.Descriptor && text.Style(index) == SegmentStyle.Sentence) || !NameExtent.IsJoint(text, index + 1) || !text.IsSymbol(index + 1, '-') || !text.IsWord(index + 2)) return false;
        var (first, second) = (text[index], text[index + 2]);
        if (first.Length < 2 || second.Length < 2 || first.Case != second.Case || first.Case is LetterCase.Lower or LetterCase.None || WordForms.IsPrefix(text.Folded(index)) || text.IsSymbol(index + 3, '-') || text.IsSymbol(index - 1, '-')) return false;
        if (first.Is(WordClass.Eponym) || second.Is(WordClass.Eponym)) return false;
        if (second.Is(WordClass.Ordinary)) return second.Length <= 3 && first.Case == LetterCase.Capitalised && !second.Is(WordClass.Function) && first.Length >= 3 && !first.Is(NameOdds.NoName | WordClass.Derived);
        return first.Is(WordClass.Particle | WordClass.GivenName) || (!first.Is(WordClass.Clinical | WordClass.Function) && !second.Is(NameOdds.NoName) && odds.OfWord(text, index + 2) > NameOdds.Besides && (first.Case == LetterCase.Capitalised || second.Is(WordClass.RareName | WordClass.GivenName | WordClass.Surname)));
    }

    private static bool Weighs(TokenizedText text, int index) =>
        (text.Profile == TextProfile.Descriptor || text.Style(index) != SegmentStyle.Sentence) && text[index].Length is >= NameOdds.ShortestWord and <= Lexicon.LongestWord && !ClinicalGuard.IsTermAt(text, index);

    private static bool IsLabel(TokenizedText text, int index) => text[index].LineBefore && text.IsSymbol(index + 1, ':') && text.Profile == TextProfile.Report;

    /// <summary>ROUTINE HEAD Frost: an English word that is also a surname, written otherwise than the words around it.</summary>
    private static bool IsEnglishSurname(TokenizedText text, int index, SegmentCasing casing) =>
        text.Profile == TextProfile.Descriptor && text[index].Is(WordClass.Surname) && !text[index].Is(WordClass.Clinical | WordClass.Function | WordClass.Month | WordClass.Weekday | WordClass.Title | WordClass.FacilityNoun)
        && NameOdds.Deviation(text, index, casing) > 0;

    private bool IsUnknownName(TokenizedText text, int index, SegmentCasing casing)
    {
        ref readonly var token = ref text[index];
        if (token.Is(NameOdds.NoName) || (token.Is(WordClass.Eponym) && !token.Is(WordClass.Surname)) || token.Case == LetterCase.None || (token.Case == LetterCase.Inner && !InnerNames.IsName(text.Raw(index)))) return false;
        return !IsAbbreviation(text, index) && odds.OfWord(text, index) + odds.OfPlace(text, index, casing) >= Enough(token);
    }

    /// <summary>RSNA, BRTS: capitals and not one vowel.</summary>
    private static bool IsAbbreviation(TokenizedText text, int index) =>
        text[index].Case == LetterCase.Upper && text[index].Length <= 5 && text.Raw(index).IndexOfAny(Vowels) < 0;

    private static float Enough(Token token) =>
        token.Length >= VeryLong && token.Case != LetterCase.Lower ? EnoughWhenVeryLong : token.Length >= Long ? EnoughWhenLong : EnoughWhenShort;

    /// <summary>Smith J, JOHN SMITH: but for the letters that grade a fracture (Weber B).</summary>
    private static bool IsEponymUsedAsName(TokenizedText text, int index) =>
        text[index].Is(WordClass.Eponym) && text[index].Is(WordClass.Surname) && text[index].Case != LetterCase.Lower
        && (IsGivenName(text, index - 1) || IsGivenName(text, index + 1) || ((text.IsSymbol(index + 1, ',') || text.IsSymbol(index + 1, '^')) && (IsGivenName(text, index + 2) || IsPlainUnknown(text, index + 2))) || IsTellingInitial(text, index - 1) || IsTellingInitial(text, index + 1));

    private static bool IsGivenName(TokenizedText text, int index) => text.IsWord(index) && text[index].Is(WordClass.GivenName) && !text[index].Is(WordClass.Ordinary | WordClass.Eponym);

    private static bool IsPlainUnknown(TokenizedText text, int index) =>
        text.IsWord(index) && text[index].Length > 2 && text[index].Case is LetterCase.Capitalised or LetterCase.Upper && !text[index].Is(WordClass.Ordinary | WordClass.Eponym | WordClass.EponymNoun | WordClass.FacilityNoun);

    private static bool IsTellingInitial(TokenizedText text, int index) => text.IsWord(index) && NameExtent.IsInitial(text, index) && text.Raw(index)[0] is not ('A' or 'B' or 'C' or 'I' or 'V' or 'X');
}
