using System.Collections.Frozen;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Keeps names that are clinical terms: Parkinson's disease, Baker's cyst, Hill-Sachs lesion, a Foley catheter, Gleason 3+4.</summary>
internal static class ClinicalGuard
{
    // These make a term only of a listed eponym: an Oxford knee is a prosthesis, McAllister's knee is McAllister's.
    private static readonly FrozenSet<string> WeakNouns = FrozenSet.ToFrozenSet(
        ["hip", "knee", "foot", "hand", "wrist", "thumb", "spine", "bone", "bones", "body", "canal", "unit", "units", "meeting", "position", "test", "process", "access", "lead", "leads", "monitor", "device", "port", "cast", "frame", "collar", "line", "lines", "view", "views", "scoring", "technique"],
        StringComparer.Ordinal);

    /// <summary>Does a clinical term made of a name stand at this token?</summary>
    public static bool IsTermAt(TokenizedText text, int index)
    {
        ref readonly var token = ref text[index];
        if (token.Case == LetterCase.Lower) return token.Is(WordClass.Eponym);
        if (token.Is(WordClass.Eponym) && (!token.Is(WordClass.PersonName) || IsOfTerm(text, index))) return true;
        if (IsPartOfPair(text, index)) return true;
        var next = TermNoun(text, index);
        if (next >= 0) return token.Is(WordClass.Eponym) || (!WeakNouns.Contains(text.Folded(next)) && (!token.Is(WordClass.GivenName) || token.Is(WordClass.Surname)));
        return token.Is(WordClass.Eponym) && (token.Possessive || IsGraded(text, index));
    }

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
