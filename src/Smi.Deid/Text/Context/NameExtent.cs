using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>How far a name reaches of which one word was found.</summary>
internal sealed class NameExtent(NameOdds odds)
{
    private const float EnoughBesideName = -3f;

    /// <summary>With the particles, initials and further names around it: de Souza, K Nkrumah, WANG XIAOMING.</summary>
    public void Add(TokenizedText text, int index, bool isCompound, SpanCollector spans)
    {
        var first = index;
        while (first > 0 && index - first < TokenizedText.Reach && !text[first].LineBefore && Before(text, first) is var before and >= 0) first = before;
        var last = index;
        if (isCompound && SurnameBehind(text, index + 2) is var surname and >= 0) last = surname;
        while (last - index < TokenizedText.Reach && After(text, last) is var after and >= 0) last = after;
        spans.Add(text, first, last, TextCategory.Name, SpanStrength.Guess, "looks like a name");
    }

    /// <summary>Eun-Kyung Shin, Young-Mi Han: behind such a given name any short word with a capital is the surname.</summary>
    private static int SurnameBehind(TokenizedText text, int given) =>
        text.IsWord(given + 1) && !text[given + 1].LineBefore && text[given + 1].Case == LetterCase.Capitalised && text[given].Case == LetterCase.Capitalised && text[given + 1].Length is >= 2 and <= 5 && !text[given + 1].Is(WordClass.Function) ? given + 1 : given;

    private int Before(TokenizedText text, int first)
    {
        var before = IsJoint(text, first - 1) ? first - 2 : first - 1;
        if (text.IsSymbol(before, '.') && text[before - 1].Length == 1) before--;
        return text.IsWord(before) && (IsInitial(text, before) && !IsSide(text, before) || IsParticle(text, before) || IsFurtherName(text, before)) ? before : -1;
    }

    private int After(TokenizedText text, int last)
    {
        var after = IsJoint(text, last + 1) || text.IsSymbol(last + 1, ',') ? last + 2 : last + 1;
        return text.IsWord(after) && !text[after].LineBefore && (IsInitial(text, after) || IsFurtherName(text, after) || IsSecondHalf(text, after)) ? after : -1;
    }

    public static bool IsJoint(TokenizedText text, int index) => (text.IsSymbol(index, '-') && text.Glued(index) && text.Glued(index + 1)) || text.IsSymbol(index, '^');

    /// <summary>Min-jun, Wei-ling.</summary>
    private static bool IsSecondHalf(TokenizedText text, int index) => text[index].Case == LetterCase.Lower && IsJoint(text, index - 1) && !text[index].Is(WordClass.Clinical | WordClass.Function);

    public static bool IsInitial(TokenizedText text, int index) => text[index].Length == 1 && char.IsUpper(text.Raw(index)[0]) && !(text.IsSymbol(index - 1, '/') && text.Glued(index));

    /// <summary>Breast L VALENTINA BARANOV.</summary>
    private static bool IsSide(TokenizedText text, int index) => text.Raw(index)[0] is 'L' or 'R' && text.IsWord(index - 1) && !text[index].LineBefore && text[index - 1].Is(WordClass.Clinical | WordClass.Common);

    private static bool IsParticle(TokenizedText text, int index) =>
        text[index].Is(WordClass.Particle) && text[index].Length > 1 && (!text[index].Is(WordClass.Function) || text[index].Case != LetterCase.Lower || IsJoint(text, index + 1));

    private bool IsFurtherName(TokenizedText text, int index)
    {
        ref readonly var token = ref text[index];
        if (token.Case is LetterCase.Lower or LetterCase.None || token.Length < 2 || token.Is(WordClass.Eponym) || ClinicalGuard.IsTermAt(text, index)) return false;
        if (token.Is(WordClass.PersonName) && !token.Is(WordClass.Clinical | WordClass.Function)) return true;
        return !token.Is(NameOdds.NoName) && (token.Length >= NameOdds.ShortestWord || !text.InCapitals(index)) && odds.OfWord(text, index) > EnoughBesideName;
    }
}
