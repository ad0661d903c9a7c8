using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Names without a title or cue: by form (R. MacGillivray), by dictionary, by position, and any unknown capitalised word inside a sentence of a report.</summary>
internal sealed class NameFinder(NameModel model) : ITextFinder
{
    private static readonly string[] FirstsOfPlaces = ["upper", "lower", "nether", "wester", "easter", "old", "new", "great", "little", "north", "south", "east", "west", "mount", "port", "fort", "lake", "castle", "glen"];

    private readonly NameGuess guess = new(model);

    public void Find(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            if (!text.IsWord(index) || text[index].Case is LetterCase.Lower or LetterCase.None) continue;
            if (text[index].Length == 1)
            {
                NamePairs.FindInitialled(text, index, spans);
                continue;
            }

            if (ClinicalGuard.IsTermAt(text, index)) continue;
            if (NamePairs.Find(text, index, spans) || ActingPersons.FindPair(text, index, spans)) continue;
            FindSingle(text, index, spans);
        }
    }

    private void FindSingle(TokenizedText text, int index, SpanCollector spans)
    {
        ref readonly var token = ref text[index];
        if (FindCompound(text, index, spans)) return;
        if (token.Is(WordClass.Ordinary | WordClass.Title | WordClass.PostNominal | WordClass.FacilityNoun | WordClass.Month | WordClass.Weekday | WordClass.Street | WordClass.State))
        {
            ActingPersons.Find(text, index, spans);
            return;
        }

        if (token.Is(WordClass.Place))
        {
            if (ClinicalGuard.IsNameOfTerm(text, index)) return;
            spans.Add(text, index, index, TextCategory.Place, SpanStrength.Dictionary, "dictionary of places");
            return;
        }

        var abbreviation = token.Case == LetterCase.Upper && !text.InCapitals(index) && token.Length <= 4;
        if (token.Is(WordClass.PersonName) && !token.Is(WordClass.Eponym) && !abbreviation) AddName(text, index, SpanStrength.Dictionary, "dictionary of names", spans);
        else if (token.Is(WordClass.Eponym)) FindEponymUsedAsName(text, index, spans);
        else if (token.Is(WordClass.RareName) && token.Case == LetterCase.Capitalised && (!token.SentenceStart || NameGuess.IsFollowedLikePerson(text, index)) && text.InSentence(index)) AddName(text, index, SpanStrength.Dictionary, "names of many origins", spans);
        else if (guess.Is(text, index)) AddName(text, index, SpanStrength.Guess, "unknown capitalised word", spans);
        else ActingPersons.Find(text, index, spans);
    }

    /// <summary>Min-Seo, Al-Sayed: whatever the first half means, the second is no word.</summary>
    private static bool FindCompound(TokenizedText text, int index, SpanCollector spans)
    {
        if (!TokenizedText.IsCompound(text, index) || !text.InSentence(index) || text[index].Is(WordClass.Function | WordClass.Eponym | WordClass.Surname) || text[index].Length < 2 || WordForms.IsPrefix(text.Folded(index))) return false;
        ref readonly var second = ref text[index + 2];
        if (second.Length < 2 || (second.Is(WordClass.Ordinary) || (second.Is(WordClass.Eponym) && !second.Is(WordClass.PersonName))) && !(text[index].Is(WordClass.Particle) && !second.Is(WordClass.Vocabulary | WordClass.Eponym)) || ClinicalGuard.IsBeforeTermNoun(text, index + 2)) return false;
        var last = NameReader.Read(text, index, certain: true);
        spans.Add(text, index, Math.Max(last, index + 2), TextCategory.Name, SpanStrength.Guess, "unknown capitalised word");
        return true;
    }

    /// <summary>Wilson alone inside a sentence is a person; Wilson's, or Wilson at its beginning, may be the disease.</summary>
    private static void FindEponymUsedAsName(TokenizedText text, int index, SpanCollector spans)
    {
        ref readonly var token = ref text[index];
        if (token.Is(WordClass.Surname) && text.InSentence(index) && !token.SentenceStart && token.Case == LetterCase.Capitalised) AddName(text, index, SpanStrength.Guess, "dictionary of names", spans);
        else ActingPersons.Find(text, index, spans);
    }

    private static void AddName(TokenizedText text, int index, SpanStrength strength, string rule, SpanCollector spans)
    {
        var first = index;
        while (first > 0 && index - first < 2 && !text[first].LineBefore && IsFirstOfPlace(text, first - 1)) first--;
        var last = index;
        while (last - index < TokenizedText.Reach && text.IsSymbol(last + 1, '-') && text.Glued(last + 1) && text.IsWord(last + 2) && text.Glued(last + 2))
        {
            if (text[last + 2].Case != LetterCase.Lower && !text[last + 2].Is(WordClass.Vocabulary)) last += 2;
            else if (text[last + 2].Is(WordClass.Particle | WordClass.Function) && TokenizedText.IsCompound(text, last + 2, any: true)) last += 4;
            else break;
        }

        spans.Add(text, first, last, TextCategory.Name, strength, rule);
    }

    /// <summary>Upper Glasness, Port Ellary.</summary>
    private static bool IsFirstOfPlace(TokenizedText text, int index)
    {
        if (!text.IsWord(index) || text[index].Case != LetterCase.Capitalised || text[index].SentenceStart || text.Profile != TextProfile.Report) return false;
        foreach (var word in FirstsOfPlaces)
        {
            if (text.Equals(index, word)) return true;
        }

        return false;
    }
}
