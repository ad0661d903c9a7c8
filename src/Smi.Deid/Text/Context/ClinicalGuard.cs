using System.Collections.Frozen;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Keeps names that are clinical terms: Parkinson's disease, Baker's cyst, Hill-Sachs lesion, a Foley catheter, Gleason 3+4.</summary>
internal static class ClinicalGuard
{
    // These make a term only of a listed eponym: an Oxford knee is a prosthesis, McAllister's knee is McAllister's.
    private static readonly FrozenSet<string> WeakNouns = FrozenSet.ToFrozenSet(
        ["hip", "knee", "foot", "hand", "wrist", "thumb", "spine", "bone", "bones", "body", "canal", "unit", "units", "meeting", "position", "test", "process", "access", "lead", "leads", "monitor", "device", "port", "cast", "frame", "collar", "line", "lines", "view", "views", "scoring", "technique", "follow", "society", "level", "levels", "space", "nerve", "murmur", "phase", "response", "effect", "trial", "trials", "circuit", "spot", "boot", "lamp", "water", "chart"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Attributes = FrozenSet.ToFrozenSet(
        ["a", "an", "the", "left", "right", "bilateral", "known", "classic", "typical", "old", "previous", "small", "large", "incidental", "no", "without", "mild", "moderate", "severe", "prominent", "proximal", "distal"],
        StringComparer.Ordinal);

    // Behind a name of a sign or test these tell how it came out.
    private static readonly FrozenSet<string> Results = FrozenSet.ToFrozenSet(
        ["positive", "negative", "equivocal", "normal", "abnormal", "absent", "present", "unremarkable", "excluded", "type", "class", "grade", "stage", "score", "scores", "scored", "criteria", "pattern", "protocol", "stain", "stains", "staining"],
        StringComparer.Ordinal);

    /// <summary>Does a clinical term made of a name stand at this token?</summary>
    public static bool IsTermAt(TokenizedText text, int index)
    {
        ref readonly var token = ref text[index];
        if (token.Case == LetterCase.Lower) return token.Is(WordClass.Eponym);
        if (token.Is(WordClass.Eponym) && (IsOfTerm(text, index) || (!token.Is(WordClass.PersonName) && !IsHalfOfName(text, index)))) return true;
        if (IsPartOfPair(text, index)) return true;
        var next = TermNoun(text, index);
        if (next >= 0) return token.Is(WordClass.Eponym) || (!WeakNouns.Contains(text.Folded(next)) && (!token.Is(WordClass.GivenName) || token.Is(WordClass.Surname)));
        return token.Is(WordClass.Eponym) && (token.Possessive || IsGraded(text, index) || IsListed(text, index) || IsQuestioned(text, index) || IsThing(text, index));
    }

    /// <summary>Lembert Xianyu: a word with a capital that is neither English nor clinical stands beside it, and no noun that makes a term of both.</summary>
    private static bool IsHalfOfName(TokenizedText text, int index) =>
        text[index].Case == LetterCase.Capitalised && text.Style(index) == SegmentStyle.Sentence && TermNoun(text, index) < 0 && !text[index].Possessive
        && ((IsUnknown(text, index + 1) && !text[index + 1].LineBefore && !text[index + 1].SentenceStart && TermNoun(text, index + 1) < 0) || (IsUnknown(text, index - 1) && !text[index].LineBefore && !text[index].SentenceStart));

    private static bool IsUnknown(TokenizedText text, int index) =>
        text.IsWord(index) && text[index].Case == LetterCase.Capitalised && text[index].Length > 2 && !text[index].Is(WordClass.Ordinary | WordClass.Eponym | WordClass.Title | WordClass.Month | WordClass.Weekday | WordClass.EponymNoun | WordClass.FacilityNoun);

    /// <summary>Duke criteria, Ottawa rules, Prague C2M4: a place that names a term.</summary>
    public static bool IsNameOfTerm(TokenizedText text, int index) =>
        IsBeforeTermNoun(text, index) && !WeakNouns.Contains(text.Folded(index + 1)) || (text.Exists(index + 1) && text[index + 1].Kind == TokenKind.Mixed && text[index + 1].Length <= 5 && !text[index + 1].LineBefore) || IsResult(text, index + 1) || IsGraded(text, index) && text.Profile == TextProfile.Report;

    /// <summary>Kernig and Brudzinski signs; Ziehl-Neelsen, Grocott and Perls stains; Tinel negative.</summary>
    private static bool IsListed(TokenizedText text, int index)
    {
        for (var latest = index + TokenizedText.Reach; index < latest;)
        {
            var next = AfterHyphenated(text, index);
            if (TermNoun(text, index) >= 0 || IsResult(text, next)) return true;
            var joined = false;
            while (text.IsSymbol(next, ',') || text.IsSymbol(next, '&') || text.Equals(next, "and") || text.Equals(next, "or"))
            {
                joined = true;
                next++;
            }

            if (!joined || !text.IsWord(next) || text[next].LineBefore || !text[next].Is(WordClass.Eponym)) return false;
            index = next;
        }

        return false;
    }

    private static bool IsQuestioned(TokenizedText text, int index) => text.IsSymbol(index - 1, '?') && text.Glued(index) || text.Equals(index - 1, "query") || text.Equals(index - 1, "likely") || text.Equals(index - 1, "possible");

    /// <summary>A Foley was placed, left Bennett, small Monro haemorrhage: articles and words of side, size and course stand before things, not before people.</summary>
    private static bool IsThing(TokenizedText text, int index) =>
        index > 0 && text.IsWord(index - 1) && text[index - 1].Length <= 10 && Attributes.Contains(text.Folded(index - 1)) && !text[index].LineBefore && !text[index].SentenceStart && !IsUnknown(text, index + 1)
        && text.Style(index) == SegmentStyle.Sentence && text.Profile == TextProfile.Report;

    private static bool IsResult(TokenizedText text, int index) =>
        text.IsWord(index) && !text[index].LineBefore && !text[index].SentenceStart && text[index].Length <= 12 && text[index].Case == LetterCase.Lower && Results.Contains(text.Folded(index));

    /// <summary>Does a word that makes a term of the name follow?</summary>
    public static bool IsBeforeTermNoun(TokenizedText text, int index) => TermNoun(text, index) >= 0;

    /// <summary>The token that makes the name before it a term ("disease" in "Wilson's disease"), or -1. One word may stand between.</summary>
    private static int TermNoun(TokenizedText text, int index)
    {
        var next = AfterHyphenated(text, index);
        if (text.IsSymbol(next, '\'') || text.IsSymbol(next, '’')) next++;
        if (!text.IsWord(next) || text[next].LineBefore || text[next].SentenceStart) return -1;
        if (text[next].Is(WordClass.EponymNoun)) return next;
        return text[index].Is(WordClass.Eponym) && text[next].Is(WordClass.Clinical | WordClass.Derived) && text.Is(next + 1, WordClass.EponymNoun)
            ? next + 1 : -1;
    }

    /// <summary>Circle of Willis, sphincter of Oddi.</summary>
    private static bool IsOfTerm(TokenizedText text, int index) =>
        text.Equals(index - 1, "of") && text.IsWord(index - 2) && text[index - 2].Is(WordClass.EponymNoun | WordClass.Clinical | WordClass.Common) && !text[index - 2].Is(WordClass.Title | WordClass.Function);

    /// <summary>Hill-Sachs, Osgood-Schlatter: one half is listed, the other stands beside it.</summary>
    private static bool IsPartOfPair(TokenizedText text, int index)
    {
        if (text.IsSymbol(index + 1, '-') && text.Glued(index + 1) && text.Glued(index + 2) && text.Is(index + 2, WordClass.Eponym)) return text[index].Is(WordClass.Eponym) || !text.Is(index + 2, WordClass.PersonName);
        return index > 1 && text.IsSymbol(index - 1, '-') && text.Glued(index - 1) && text.Glued(index) && text.Is(index - 2, WordClass.Eponym)
            && (text[index].Is(WordClass.Eponym) || !text.Is(index - 2, WordClass.PersonName));
    }

    private static int AfterHyphenated(TokenizedText text, int index)
    {
        var next = index + 1;
        while (next - index < TokenizedText.Reach && (text.IsSymbol(next, '-') || text.IsSymbol(next, '–') || text.IsSymbol(next, '/')) && text.Glued(next) && text.IsWord(next + 1) && text.Glued(next + 1)) next += 2;
        return next;
    }

    /// <summary>Gleason 3+4, Bosniak IIF, Fuhrman 2.</summary>
    private static bool IsGraded(TokenizedText text, int index)
    {
        var next = index + 1;
        if (!text.Exists(next) || text[next].LineBefore) return false;
        if (text[next].Kind is TokenKind.Number) return text[next].Length <= 2;
        if (text[next].Kind == TokenKind.Mixed) return text[next].Length <= 3 && char.IsAsciiDigit(text.Raw(next)[0]);
        if (text[next].Length == 1 && text.Raw(next)[0] is >= 'A' and <= 'D' && !text.IsSymbol(next + 1, '.') && !(text.IsWord(next + 1) && text[next + 1].Case != LetterCase.Lower) && text.Profile == TextProfile.Report) return true;
        return text[next].Kind == TokenKind.Word && text[next].Length <= 4 && IsRoman(text.Raw(next));
    }

    private static bool IsRoman(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (letter is not ('I' or 'V' or 'X' or 'F' or 'a' or 'b' or 'c' or 'A' or 'B' or 'C')) return false;
        }

        return word[0] is 'I' or 'V' or 'X';
    }
}
