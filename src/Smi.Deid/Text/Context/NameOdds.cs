using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>How much speaks for a word being a name, in log odds: how it looks, and where it stands.</summary>
internal sealed class NameOdds(NameModel model)
{
    /// <summary>Shorter words are no names here.</summary>
    public const int ShortestWord = 4;

    /// <summary>What half a name must have at least.</summary>
    public const float Besides = -2f;

    /// <summary>What no name is.</summary>
    public const WordClass NoName = WordClass.Vocabulary | WordClass.Unit | WordClass.Nationality | WordClass.Placeholder | WordClass.Title | WordClass.PostNominal
        | WordClass.FacilityNoun | WordClass.FacilityGeneric | WordClass.Month | WordClass.Weekday | WordClass.Street | WordClass.EponymNoun | WordClass.PersonVerb | WordClass.SeenInLower;

    // What it adds that the word is in the set of names of many origins.
    private const float OfRareName = 3f;

    private static readonly string[] Cues = ["for", "per", "by", "ref", "refd", "req", "reqd", "cc", "re", "to", "pt", "volunteer", "via", "cons", "list", "clinic", "op", "rad", "under", "requester", "referrer", "subject"];

    /// <summary>Of the word by itself.</summary>
    public float OfWord(TokenizedText text, int index)
    {
        Span<char> folded = stackalloc char[Lexicon.LongestWord * 2];
        return model.Score(folded[..Math.Max(0, Folding.Fold(text.Raw(index), folded))]) + (text[index].Is(WordClass.RareName) ? OfRareName : 0);
    }

    /// <summary>What the place of the word adds, in log odds.</summary>
    public float OfPlace(TokenizedText text, int index, SegmentCasing casing)
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
    public static float Deviation(TokenizedText text, int index, SegmentCasing casing)
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
        text.IsWord(index) && text[index].Length >= ShortestWord && text[index].Case is LetterCase.Capitalised or LetterCase.Upper && !text[index].Is(NoName | WordClass.Derived | WordClass.Eponym) && OfWord(text, index) > Besides;

    public static bool IsName(TokenizedText text, int index) => text.IsWord(index) && text[index].Is(WordClass.PersonName) && !text[index].Is(WordClass.Ordinary | WordClass.Eponym);
}
