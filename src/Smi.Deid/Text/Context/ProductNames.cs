using System.Collections.Frozen;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Products that look like names: what is taken, dosed or written as no name is.</summary>
internal static class ProductNames
{
    private static readonly FrozenSet<string> Doses = FrozenSet.ToFrozenSet(
        ["level", "levels", "mg", "mcg", "microgram", "micrograms", "gram", "grams", "units", "tablet", "tablets", "capsule", "capsules", "patch", "patches", "inhaler", "cream", "ointment", "drops", "injection", "injections", "infusion", "spray", "syrup", "dose", "doses", "od", "bd", "tds", "qds", "prn"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Takes = FrozenSet.ToFrozenSet(["on", "takes", "taking", "took", "using", "tried", "tablets", "against"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Operations = FrozenSet.ToFrozenSet(
        ["operated", "operating", "performed", "done", "called", "calling", "surgery", "procedure", "examination", "working", "worked", "impressed", "based", "focused", "checked", "looked"], StringComparer.Ordinal);

    /// <summary>On Lixiana; Adoport level 6.4; RapidAI: what is taken, dosed or written as no name is.</summary>
    public static bool Is(TokenizedText text, int index)
    {
        if (text[index].Case == LetterCase.Inner && !InnerNames.IsName(text.Raw(index))) return true;
        if (text[index].Is(WordClass.PersonName | WordClass.Place)) return false;
        if (text.IsWord(index + 1) && text[index + 1].Length <= 10 && !text[index + 1].LineBefore && Doses.Contains(text.Folded(index + 1))) return true;
        if (text.IsNumber(index + 1) && text.IsWord(index + 2) && text[index + 2].Length <= 10 && Doses.Contains(text.Folded(index + 2))) return true;
        if (text.IsWord(index + 1) && text[index + 1].Case is LetterCase.Capitalised or LetterCase.Inner && !text[index + 1].LineBefore && !text[index + 1].SentenceStart) return false;
        return text.IsWord(index - 1) && text[index - 1].Length <= 10 && Takes.Contains(text.Folded(index - 1)) && !(text.Equals(index - 1, "on") && text.IsWord(index - 2) && text[index - 2].Length <= 10 && Operations.Contains(text.Folded(index - 2)));
    }
}
