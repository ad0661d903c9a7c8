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
    private const int Shortest = 4;
    // A word of four letters is more often an abbreviation.
    private const int Long = 5;
    private const int VeryLong = 7;
    private const float EnoughWhenLong = -0.3f;

    // Long words of medicine betray themselves by their endings.
    private const float EnoughWhenVeryLong = -0.6f;
    private const float EnoughWhenShort = 1.2f;
    private const float EnoughBesideName = -3f;
    private const float Besides = -2f;

    // What it adds that the word is in the set of names of many origins.
    private const float OfRareName = 3f;

    private const WordClass NoName = WordClass.Vocabulary | WordClass.Unit | WordClass.Nationality | WordClass.Placeholder | WordClass.Title | WordClass.PostNominal
        | WordClass.FacilityNoun | WordClass.FacilityGeneric | WordClass.Month | WordClass.Weekday | WordClass.Street | WordClass.EponymNoun | WordClass.PersonVerb | WordClass.SeenInLower;

    private static readonly string[] Cues = ["for", "per", "by", "ref", "refd", "req", "reqd", "cc", "re", "to", "pt", "volunteer", "via", "cons", "list", "clinic", "op", "rad", "under", "requester", "referrer", "subject"];

    private static readonly SearchValues<char> Vowels = SearchValues.Create("AEIOUY");

    private readonly NameModel model;

    public UnknownNameFinder(NameModel model) => this.model = model;

    public void Find(TokenizedText text, SpanCollector spans)
    {
        var casing = new SegmentCasing(text);
        for (var index = 0; index < text.Count; index++)
        {
            if (text.IsWord(index) && IsCompoundName(text, index))
            {
                Add(text, index, spans);
                continue;
            }

            if (!text.IsWord(index) || !Weighs(text, index) || IsLabel(text, index)) continue;
            if (IsName(text, index) || IsEnglishSurname(text, index, casing) || IsEponymUsedAsName(text, index) || IsUnknownName(text, index, casing)) Add(text, index, spans);
        }
    }

    /// <summary>Young-Mi, Sul-Rah, Al-Sayed, MIN-SEO: two short halves of which the second is no word, and of which neither is half of a term.</summary>
    private bool IsCompoundName(TokenizedText text, int index)
    {
        if ((text.Profile != TextProfile.Descriptor && text.Style(index) == SegmentStyle.Sentence) || !Joint(text, index + 1) || !text.IsSymbol(index + 1, '-') || !text.IsWord(index + 2)) return false;
        var (first, second) = (text[index], text[index + 2]);
        if (first.Length < 2 || second.Length < 2 || first.Case != second.Case || first.Case is LetterCase.Lower or LetterCase.None || WordForms.IsPrefix(text.Folded(index)) || text.IsSymbol(index + 3, '-') || text.IsSymbol(index - 1, '-')) return false;
        if (first.Is(WordClass.Eponym) || second.Is(WordClass.Eponym)) return false;
        if (second.Is(WordClass.Ordinary)) return second.Length <= 3 && first.Case == LetterCase.Capitalised && !second.Is(WordClass.Function) && first.Length >= 3 && !first.Is(NoName | WordClass.Derived);
        return first.Is(WordClass.Particle | WordClass.GivenName) || (!first.Is(WordClass.Clinical | WordClass.Function) && !second.Is(NoName) && ScoreOf(text, index + 2) > Besides && (first.Case == LetterCase.Capitalised || second.Is(WordClass.RareName | WordClass.GivenName | WordClass.Surname)));
    }

    /// <summary>With the particles, initials and further names around it: de Souza, K Nkrumah, WANG XIAOMING.</summary>
    private void Add(TokenizedText text, int index, SpanCollector spans)
    {
        var first = index;
        while (first > 0 && index - first < TokenizedText.Reach && !text[first].LineBefore && Before(text, first) is var before and >= 0) first = before;
        var last = index;
        if (IsCompoundName(text, index) && SurnameBehind(text, index + 2) is var surname and >= 0) last = surname;
        while (last - index < TokenizedText.Reach && After(text, last) is var after and >= 0) last = after;
        spans.Add(text, first, last, TextCategory.Name, SpanStrength.Guess, "looks like a name");
    }

    /// <summary>Eun-Kyung Shin, Young-Mi Han: behind such a given name any short word with a capital is the surname.</summary>
    private static int SurnameBehind(TokenizedText text, int given) =>
        text.IsWord(given + 1) && !text[given + 1].LineBefore && text[given + 1].Case == LetterCase.Capitalised && text[given].Case == LetterCase.Capitalised && text[given + 1].Length is >= 2 and <= 5 && !text[given + 1].Is(WordClass.Function) ? given + 1 : given;

    private int Before(TokenizedText text, int first)
    {
        var before = Joint(text, first - 1) ? first - 2 : first - 1;
        if (text.IsSymbol(before, '.') && text[before - 1].Length == 1) before--;
        return text.IsWord(before) && (IsInitial(text, before) && !IsSide(text, before) || IsParticle(text, before) || IsFurtherName(text, before)) ? before : -1;
    }

    private int After(TokenizedText text, int last)
    {
        var after = Joint(text, last + 1) || text.IsSymbol(last + 1, ',') ? last + 2 : last + 1;
        return text.IsWord(after) && !text[after].LineBefore && (IsInitial(text, after) || IsFurtherName(text, after) || IsSecondHalf(text, after)) ? after : -1;
    }

    private static bool Joint(TokenizedText text, int index) => (text.IsSymbol(index, '-') && text.Glued(index) && text.Glued(index + 1)) || text.IsSymbol(index, '^');

    /// <summary>Min-jun, Wei-ling.</summary>
    private static bool IsSecondHalf(TokenizedText text, int index) => text[index].Case == LetterCase.Lower && Joint(text, index - 1) && !text[index].Is(WordClass.Clinical | WordClass.Function);

    private static bool IsInitial(TokenizedText text, int index) => text[index].Length == 1 && char.IsUpper(text.Raw(index)[0]) && !(text.IsSymbol(index - 1, '/') && text.Glued(index));

    /// <summary>Breast L VALENTINA BARANOV.</summary>
    private static bool IsSide(TokenizedText text, int index) => text.Raw(index)[0] is 'L' or 'R' && text.IsWord(index - 1) && !text[index].LineBefore && text[index - 1].Is(WordClass.Clinical | WordClass.Common);

    private static bool IsParticle(TokenizedText text, int index) =>
        text[index].Is(WordClass.Particle) && text[index].Length > 1 && (!text[index].Is(WordClass.Function) || text[index].Case != LetterCase.Lower || Joint(text, index + 1));

    private bool IsFurtherName(TokenizedText text, int index)
    {
        ref readonly var token = ref text[index];
        if (token.Case is LetterCase.Lower or LetterCase.None || token.Length < 2 || token.Is(WordClass.Eponym) || ClinicalGuard.IsTermAt(text, index)) return false;
        if (token.Is(WordClass.PersonName) && !token.Is(WordClass.Clinical | WordClass.Function)) return true;
        return !token.Is(NoName) && (token.Length >= Shortest || !text.InCapitals(index)) && ScoreOf(text, index) > EnoughBesideName;
    }

    private static bool Weighs(TokenizedText text, int index) =>
        (text.Profile == TextProfile.Descriptor || text.Style(index) != SegmentStyle.Sentence) && text[index].Length is >= Shortest and <= Lexicon.LongestWord && !ClinicalGuard.IsTermAt(text, index);

    private static bool IsLabel(TokenizedText text, int index) => text[index].LineBefore && text.IsSymbol(index + 1, ':') && text.Profile == TextProfile.Report;

    /// <summary>ROUTINE HEAD Frost: an English word that is also a surname, written otherwise than the words around it.</summary>
    private static bool IsEnglishSurname(TokenizedText text, int index, SegmentCasing casing) =>
        text.Profile == TextProfile.Descriptor && text[index].Is(WordClass.Surname) && !text[index].Is(WordClass.Clinical | WordClass.Function | WordClass.Month | WordClass.Weekday | WordClass.Title | WordClass.FacilityNoun)
        && Deviation(text, index, casing) > 0;

    private bool IsUnknownName(TokenizedText text, int index, SegmentCasing casing)
    {
        ref readonly var token = ref text[index];
        if (token.Is(NoName) || (token.Is(WordClass.Eponym) && !token.Is(WordClass.Surname)) || token.Case == LetterCase.None || (token.Case == LetterCase.Inner && !InnerNames.IsName(text.Raw(index)))) return false;
        return !IsAbbreviation(text, index) && ScoreOf(text, index) + Context(text, index, casing) >= Enough(token);
    }

    /// <summary>RSNA, BRTS: capitals and not one vowel.</summary>
    private static bool IsAbbreviation(TokenizedText text, int index) =>
        text[index].Case == LetterCase.Upper && text[index].Length <= 5 && text.Raw(index).IndexOfAny(Vowels) < 0;

    private static float Enough(Token token) =>
        token.Length >= VeryLong && token.Case != LetterCase.Lower ? EnoughWhenVeryLong : token.Length >= Long ? EnoughWhenLong : EnoughWhenShort;

    private float ScoreOf(TokenizedText text, int index)
    {
        Span<char> folded = stackalloc char[Lexicon.LongestWord * 2];
        return model.Score(folded[..Math.Max(0, Folding.Fold(text.Raw(index), folded))]) + (text[index].Is(WordClass.RareName) ? OfRareName : 0);
    }

    /// <summary>Smith J, JOHN SMITH: but for the letters that grade a fracture (Weber B).</summary>
    private static bool IsEponymUsedAsName(TokenizedText text, int index) =>
        text[index].Is(WordClass.Eponym) && text[index].Is(WordClass.Surname) && text[index].Case != LetterCase.Lower
        && (IsGivenName(text, index - 1) || IsGivenName(text, index + 1) || ((text.IsSymbol(index + 1, ',') || text.IsSymbol(index + 1, '^')) && (IsGivenName(text, index + 2) || IsPlainUnknown(text, index + 2))) || IsTellingInitial(text, index - 1) || IsTellingInitial(text, index + 1));

    private static bool IsGivenName(TokenizedText text, int index) => text.IsWord(index) && text[index].Is(WordClass.GivenName) && !text[index].Is(WordClass.Ordinary | WordClass.Eponym);

    private static bool IsPlainUnknown(TokenizedText text, int index) =>
        text.IsWord(index) && text[index].Length > 2 && text[index].Case is LetterCase.Capitalised or LetterCase.Upper && !text[index].Is(WordClass.Ordinary | WordClass.Eponym | WordClass.EponymNoun | WordClass.FacilityNoun);

    private static bool IsTellingInitial(TokenizedText text, int index) => text.IsWord(index) && IsInitial(text, index) && text.Raw(index)[0] is not ('A' or 'B' or 'C' or 'I' or 'V' or 'X');

    /// <summary>What the place of the word adds, in log odds.</summary>
    private float Context(TokenizedText text, int index, SegmentCasing casing)
    {
        var odds = Deviation(text, index, casing);
        if (IsAfterCue(text, index)) odds += 1.5f;
        else if (StandsApart(text, index)) odds += 1.2f;
        if (IsSingleInitial(text, index - 1) || IsSingleInitial(text, index + 1)) odds += 1.2f;
        if (IsBesideUnknown(text, index)) odds += 1.2f;
        if (IsBesideName(text, index) || IsAfterParticle(text, index)) odds += 1.5f;
        if (HasForeignLetter(text.Raw(index))) odds += 1.5f;
        if (text[index].Is(WordClass.Derived)) odds -= 1.5f;
        if (text[index].Case == LetterCase.Lower) odds -= 1f;
        return odds;
    }

    /// <summary>A capital where the other words are all in capitals or mostly small.</summary>
    private static float Deviation(TokenizedText text, int index, SegmentCasing casing)
    {
        if (text[index].Case is not (LetterCase.Capitalised or LetterCase.Inner)) return 0;
        var (small, mixed, capitals) = casing.Of(text[index].Segment);
        // The word itself is one of those in mixed letters.
        if (text.InCapitals(index) || (capitals > 0 && !small && mixed == 1)) return 4f;
        return small && !text[index].SentenceStart ? 1.5f : 0;
    }

    private static bool IsAfterCue(TokenizedText text, int index)
    {
        var before = index - 1;
        while (text.IsSymbol(before, ':') || text.IsSymbol(before, '.')) before--;
        if (!text.IsWord(before)) return false;
        foreach (var cue in Cues)
        {
            if (text.Equals(before, cue)) return true;
        }

        return text[before].Is(WordClass.Title);
    }

    /// <summary>Between dashes, commas, slashes or brackets, or at an end of the text next to one.</summary>
    private static bool StandsApart(TokenizedText text, int index) => IsEdge(text, index - 1, text.Exists(index - 1) && text[index].SpaceBefore) && IsEdge(text, index + 1, text.Exists(index + 1) && text[index + 1].SpaceBefore)
        && (text.Exists(index - 1) || text.Exists(index + 1));

    private static bool IsEdge(TokenizedText text, int index, bool spaced) =>
        !text.Exists(index) || text.IsSymbol(index, '(') || text.IsSymbol(index, ')') || text.IsSymbol(index, '[') || text.IsSymbol(index, ']') || text.IsSymbol(index, ',') || text.IsSymbol(index, ';')
        || text.IsSymbol(index, ':') || text.IsSymbol(index, '^') || (spaced && (text.IsSymbol(index, '-') || text.IsSymbol(index, '–') || text.IsSymbol(index, '/')));

    private static bool IsBesideName(TokenizedText text, int index) => IsName(text, index - 1) || IsName(text, index + 1) || (text.IsSymbol(index + 1, ',') && IsName(text, index + 2)) || (text.IsSymbol(index - 1, ',') && IsName(text, index - 2));

    /// <summary>von Trapp, al-Rashidi, Di Napoli.</summary>
    private static bool IsAfterParticle(TokenizedText text, int index)
    {
        if (text[index].Case == LetterCase.Lower) return false;
        var before = text.IsSymbol(index - 1, '-') && text.Glued(index) ? index - 2 : index - 1;
        return text.Is(before, WordClass.Particle) && text[before].Length > 1;
    }

    /// <summary>Erdoğmuş, Dvořák: letters that words of English, French and German texts do not have.</summary>
    private static bool HasForeignLetter(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (letter > 127 && !"äöüßàâçéèêëîïôûùœæÄÖÜÀÂÇÉÈÊËÎÏÔÛÙŒÆ'’".Contains(letter, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>Guled F: but for sides, views, vertebrae and grades.</summary>
    private static bool IsSingleInitial(TokenizedText text, int index) =>
        text.IsWord(index) && text[index].Length == 1 && char.IsUpper(text.Raw(index)[0]) && text.Raw(index)[0] is not ('A' or 'B' or 'C' or 'I' or 'L' or 'R' or 'S' or 'T' or 'V' or 'X' or 'Y' or 'Z')
        && !text.IsNumber(index + 1) && !(text.Glued(index) && index > 0) && !text.IsSymbol(index + 1, '/');

    /// <summary>Two words in a row that nobody knows: texts of this kind have one such term at most.</summary>
    private bool IsBesideUnknown(TokenizedText text, int index) =>
        IsUnknown(text, index + 1) && !text[index + 1].LineBefore || (text.IsSymbol(index + 1, ',') || text.IsSymbol(index + 1, '^')) && IsUnknown(text, index + 2)
        || IsUnknown(text, index - 1) && !text[index].LineBefore || (text.IsSymbol(index - 1, ',') || text.IsSymbol(index - 1, '^')) && IsUnknown(text, index - 2);

    private bool IsUnknown(TokenizedText text, int index) =>
        text.IsWord(index) && text[index].Length >= Shortest && text[index].Case is LetterCase.Capitalised or LetterCase.Upper && !text[index].Is(NoName | WordClass.Derived | WordClass.Eponym) && ScoreOf(text, index) > Besides;

    private static bool IsName(TokenizedText text, int index) => text.IsWord(index) && text[index].Is(WordClass.PersonName) && !text[index].Is(WordClass.Ordinary | WordClass.Eponym);
}
