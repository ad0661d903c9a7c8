using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Names of which two parts stand together: initial and surname, given name and surname, surname, comma and given name.</summary>
internal static class NamePairs
{
    /// <summary>R. MacGillivray, J.K. Smith, R MacGillivray.</summary>
    public static void FindInitialled(TokenizedText text, int first, SpanCollector spans)
    {
        var index = first;
        var dots = 0;
        while (index - first < TokenizedText.Reach && text.IsWord(index) && text[index].Length == 1 && char.IsUpper(text.Raw(index)[0]) && (index == first || !text[index].LineBefore))
        {
            index++;
            if (!text.IsSymbol(index, '.')) continue;
            dots++;
            index++;
        }

        if (dots == 0 && text.Profile == TextProfile.Descriptor && text.Raw(first)[0] is 'L' or 'R' && text.IsWord(first - 1) && text[first - 1].Is(WordClass.Clinical | WordClass.Common)) return;
        var name = text.Is(index, WordClass.Particle) && text.IsWord(index + 1) ? index + 1 : index;
        if (!text.IsWord(name) || text[name].LineBefore || (text[name].Length < 3 && !TokenizedText.IsCompound(text, name)) || text[name].Case == LetterCase.Lower) return;
        var listed = text[name].Is(WordClass.Surname) && !text[name].Is(WordClass.Ordinary | WordClass.Eponym);
        var known = dots > 0 ? !text[name].Is(WordClass.Ordinary) || text[name].Is(WordClass.Surname) : listed;
        if (!known || ClinicalGuard.IsTermAt(text, name)) return;
        var last = NameReader.Read(text, index, certain: true);
        if (last >= 0) spans.Add(text, first, last, TextCategory.Name, SpanStrength.Dictionary, "initial and surname");
    }

    /// <summary>Two words of which the first is a given name, or SURNAME, Given.</summary>
    public static bool Find(TokenizedText text, int index, SpanCollector spans)
    {
        var comma = text.IsSymbol(index + 1, ',');
        var second = comma ? index + 2 : index + 1;
        if (!text.IsWord(second) || text[second].LineBefore || (text[second].SentenceStart && !comma) || text[second].Case == LetterCase.Lower || text[second].Length < 2) return false;
        if (comma ? !IsInverted(text, index, second) : !IsForward(text, index, second)) return false;
        var last = NameReader.Read(text, index, certain: true);
        if (last < second) last = second;
        spans.Add(text, index, last, TextCategory.Name, SpanStrength.Dictionary, "given name and surname");
        return true;
    }

    private static bool IsForward(TokenizedText text, int first, int second)
    {
        ref readonly var given = ref text[first];
        ref readonly var surname = ref text[second];
        var named = given.Is(WordClass.GivenName) && !given.Is(WordClass.Ordinary | WordClass.Eponym) && surname.Is(WordClass.Surname);
        if (!given.Is(WordClass.GivenName) || (ClinicalGuard.IsTermAt(text, second) && !named) || surname.Is(WordClass.Month | WordClass.Weekday | WordClass.FacilityNoun)) return false;
        var plain = !given.Is(WordClass.Ordinary);
        if (surname.Case == LetterCase.Upper && given.Case != LetterCase.Upper && surname.Is(WordClass.Clinical)) return false;
        if (surname.Is(WordClass.Surname)) return plain || !surname.Is(WordClass.Ordinary) || text.InSentence(first);
        return plain ? !surname.Is(WordClass.Ordinary) : text.InSentence(first) && !surname.Is(WordClass.Ordinary) && surname.Case != LetterCase.Upper && !surname.Is(WordClass.Eponym) && !given.SentenceStart;
    }

    private static bool IsInverted(TokenizedText text, int surname, int given) => IsInvertedByCapitals(text, surname, given) || IsInvertedField(text, surname, given)
        || text[given].Is(WordClass.GivenName) && (text[surname].Is(WordClass.Surname) || !text[surname].Is(WordClass.Ordinary))
        && (!text[given].Is(WordClass.Ordinary) || !text[surname].Is(WordClass.Ordinary)) && text[surname].Length > 2 && !text[surname].Is(WordClass.Weekday | WordClass.Month | WordClass.Place);

    /// <summary>Mengistu, Desta |: the first words of a line, and a wide gap or bar behind.</summary>
    private static bool IsInvertedField(TokenizedText text, int surname, int given) =>
        text[surname].LineBefore && text[surname].Case == LetterCase.Capitalised && text[given].Case == LetterCase.Capitalised && !text[surname].Is(WordClass.Vocabulary) && !text[given].Is(WordClass.Vocabulary)
        && NameReader.EndsField(text, given + 1) && text.Exists(given + 1) && !text[given + 1].LineBefore;

    /// <summary>BOWELLYNNE, Aneurin: capitals and then a capital, neither an English word.</summary>
    private static bool IsInvertedByCapitals(TokenizedText text, int surname, int given) =>
        text[surname].Case == LetterCase.Upper && text[surname].Length >= 4 && text[given].Case == LetterCase.Capitalised && text[given].Length >= 3 && !text[surname].Is(WordClass.Ordinary | WordClass.PostNominal) && !text[given].Is(WordClass.Ordinary | WordClass.Month | WordClass.Weekday);
}
