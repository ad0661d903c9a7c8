using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Words that nobody knows and that do what only people do.</summary>
internal static class ActingPersons
{
    private const int Shortest = 3;

    /// <summary>"Nakagawa attended": a word that begins a sentence and does what only people do.</summary>
    public static void Find(TokenizedText text, int index, SpanCollector spans)
    {
        ref readonly var token = ref text[index];
        if (IsPresented(text, index) && token.Case == LetterCase.Capitalised && token.SentenceStart && !token.Is(WordClass.Vocabulary) && !text.InCapitals(index))
        {
            spans.Add(text, index, index, TextCategory.Name, SpanStrength.Guess, "acts as a person");
            return;
        }

        if (token.Case == LetterCase.Inner && !InnerNames.IsScottishOrIrish(text.Raw(index))) return;
        if (!text.Is(index + 1, WordClass.PersonVerb) || text[index + 1].LineBefore || text[index + 1].SentenceStart) return;
        if (token.Is(WordClass.Ordinary | WordClass.Title | WordClass.PostNominal) && !(token.Is(WordClass.Surname) && !token.Is(WordClass.Function | WordClass.Clinical) && !text.InCapitals(index))) return;
        if (token.Length < Shortest || (token.Case == LetterCase.Upper && !text.InCapitals(index) && token.Length < 5)) return;
        if (text.InCapitals(index) && text[index + 1].Is(WordClass.Function)) return;
        spans.Add(text, index, index, TextCategory.Name, SpanStrength.Guess, "acts as a person");
    }

    /// <summary>Abimbola, her wife, drove.</summary>
    private static bool IsPresented(TokenizedText text, int index) =>
        text.IsSymbol(index + 1, ',') && (text.Equals(index + 2, "his") || text.Equals(index + 2, "her") || text.Equals(index + 2, "their"));

    /// <summary>Giovani Senger attended: two capitals at the beginning of a sentence and then what only people do.</summary>
    public static bool FindPair(TokenizedText text, int index, SpanCollector spans)
    {
        if (!text[index].SentenceStart || text[index].Is(WordClass.Ordinary | WordClass.Title | WordClass.FacilityNoun) || text.InCapitals(index)) return false;
        if (!text.IsWord(index + 1) || text[index + 1].LineBefore || text[index + 1].Case is not (LetterCase.Capitalised or LetterCase.Inner) || !text.Is(index + 2, WordClass.PersonVerb)) return false;
        if (text[index + 1].Is(WordClass.Clinical | WordClass.EponymNoun) && !text[index].Is(WordClass.GivenName)) return false;
        spans.Add(text, index, index + 1, TextCategory.Name, SpanStrength.Guess, "acts as a person");
        return true;
    }
}
