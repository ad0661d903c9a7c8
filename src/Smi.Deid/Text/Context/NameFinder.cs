using System.Collections.Frozen;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Names without a title or cue: by dictionary, by form (R. MacGillivray), by position, and any unknown capitalised word inside a sentence of a report.</summary>
internal sealed class NameFinder(NameModel model) : ITextFinder
{
    private const int ShortestGuess = 3;

    private const int ShortestAtBeginning = 4;
    private static readonly FrozenSet<string> Doses = FrozenSet.ToFrozenSet(
        ["level", "levels", "mg", "mcg", "microgram", "micrograms", "gram", "grams", "units", "tablet", "tablets", "capsule", "capsules", "patch", "patches", "inhaler", "cream", "ointment", "drops", "injection", "injections", "infusion", "spray", "syrup", "dose", "doses", "od", "bd", "tds", "qds", "prn"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Takes = FrozenSet.ToFrozenSet(["on", "takes", "taking", "took", "using", "tried", "tablets", "against"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Operations = FrozenSet.ToFrozenSet(
        ["operated", "operating", "performed", "done", "called", "calling", "surgery", "procedure", "examination", "working", "worked", "impressed", "based", "focused", "checked", "looked"], StringComparer.Ordinal);

    private static readonly string[] FirstsOfPlaces = ["upper", "lower", "nether", "wester", "easter", "old", "new", "great", "little", "north", "south", "east", "west", "mount", "port", "fort", "lake", "castle", "glen"];

    // One name in a hundred looks so little like one, and more than half of the words of medicine that no list has.
    private const float TooUnlike = -3f;

    // At the beginning of a sentence every word has a capital: only what looks like a name counts.
    private const float NameAtBeginning = 1f;

    // "Birte to book transport".
    private const float NameWithTask = 0f;
    private const float AfterColon = -0.5f;
    private const float SurelyNameAtBeginning = 3f;

    public void Find(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            if (!text.IsWord(index) || text[index].Case is LetterCase.Lower or LetterCase.None) continue;
            if (text[index].Length == 1)
            {
                FindInitialled(text, index, spans);
                continue;
            }

            if (ClinicalGuard.IsTermAt(text, index)) continue;
            if (FindPair(text, index, spans) || FindActingPair(text, index, spans)) continue;
            FindSingle(text, index, spans);
        }
    }

    /// <summary>R. MacGillivray, J.K. Smith, R MacGillivray.</summary>
    private static void FindInitialled(TokenizedText text, int first, SpanCollector spans)
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
    private static bool FindPair(TokenizedText text, int index, SpanCollector spans)
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
        if (surname.Is(WordClass.Surname)) return plain || !surname.Is(WordClass.Ordinary) || IsSentence(text, first);
        return plain ? !surname.Is(WordClass.Ordinary) : IsSentence(text, first) && !surname.Is(WordClass.Ordinary) && surname.Case != LetterCase.Upper && !surname.Is(WordClass.Eponym) && !given.SentenceStart;
    }

    private static bool IsInverted(TokenizedText text, int surname, int given) => IsInvertedByCapitals(text, surname, given) || IsInvertedField(text, surname, given)
        || text[given].Is(WordClass.GivenName) && (text[surname].Is(WordClass.Surname) || !text[surname].Is(WordClass.Ordinary))
        && (!text[given].Is(WordClass.Ordinary) || !text[surname].Is(WordClass.Ordinary)) && text[surname].Length > 2 && !text[surname].Is(WordClass.Weekday | WordClass.Month | WordClass.Place);

    private void FindSingle(TokenizedText text, int index, SpanCollector spans)
    {
        ref readonly var token = ref text[index];
        if (FindCompound(text, index, spans)) return;
        if (token.Is(WordClass.Ordinary | WordClass.Title | WordClass.PostNominal | WordClass.FacilityNoun | WordClass.Month | WordClass.Weekday | WordClass.Street | WordClass.State))
        {
            FindActing(text, index, spans);
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
        else if (token.Is(WordClass.RareName) && token.Case == LetterCase.Capitalised && (!token.SentenceStart || IsFollowedLikePerson(text, index)) && IsSentence(text, index)) AddName(text, index, SpanStrength.Dictionary, "names of many origins", spans);
        else if (IsGuess(text, index)) AddName(text, index, SpanStrength.Guess, "unknown capitalised word", spans);
        else FindActing(text, index, spans);
    }

    /// <summary>Min-Seo, Al-Sayed: whatever the first half means, the second is no word.</summary>
    private static bool FindCompound(TokenizedText text, int index, SpanCollector spans)
    {
        if (!TokenizedText.IsCompound(text, index) || !IsSentence(text, index) || text[index].Is(WordClass.Function | WordClass.Eponym | WordClass.Surname) || text[index].Length < 2 || WordForms.IsPrefix(text.Folded(index))) return false;
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
        if (token.Is(WordClass.Surname) && IsSentence(text, index) && !token.SentenceStart && token.Case == LetterCase.Capitalised) AddName(text, index, SpanStrength.Guess, "dictionary of names", spans);
        else FindActing(text, index, spans);
    }

    /// <summary>Mengistu, Desta |: the first words of a line, and a wide gap or bar behind.</summary>
    private static bool IsInvertedField(TokenizedText text, int surname, int given) =>
        text[surname].LineBefore && text[surname].Case == LetterCase.Capitalised && text[given].Case == LetterCase.Capitalised && !text[surname].Is(WordClass.Vocabulary) && !text[given].Is(WordClass.Vocabulary)
        && NameReader.EndsField(text, given + 1) && text.Exists(given + 1) && !text[given + 1].LineBefore;

    /// <summary>BOWELLYNNE, Aneurin: capitals and then a capital, neither an English word.</summary>
    private static bool IsInvertedByCapitals(TokenizedText text, int surname, int given) =>
        text[surname].Case == LetterCase.Upper && text[surname].Length >= 4 && text[given].Case == LetterCase.Capitalised && text[given].Length >= 3 && !text[surname].Is(WordClass.Ordinary | WordClass.PostNominal) && !text[given].Is(WordClass.Ordinary | WordClass.Month | WordClass.Weekday);

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

    /// <summary>"Nakagawa attended": a word that begins a sentence and does what only people do.</summary>
    private static void FindActing(TokenizedText text, int index, SpanCollector spans)
    {
        ref readonly var token = ref text[index];
        if (IsPresented(text, index) && token.Case == LetterCase.Capitalised && token.SentenceStart && !token.Is(WordClass.Vocabulary) && !text.InCapitals(index))
        {
            spans.Add(text, index, index, TextCategory.Name, SpanStrength.Guess, "acts as a person");
            return;
        }

        if (token.Case == LetterCase.Inner && !IsScottishOrIrish(text, index)) return;
        if (!text.Is(index + 1, WordClass.PersonVerb) || text[index + 1].LineBefore || text[index + 1].SentenceStart) return;
        if (token.Is(WordClass.Ordinary | WordClass.Title | WordClass.PostNominal) && !(token.Is(WordClass.Surname) && !token.Is(WordClass.Function | WordClass.Clinical) && !text.InCapitals(index))) return;
        if (token.Length < ShortestGuess || (token.Case == LetterCase.Upper && !text.InCapitals(index) && token.Length < 5)) return;
        if (text.InCapitals(index) && text[index + 1].Is(WordClass.Function)) return;
        spans.Add(text, index, index, TextCategory.Name, SpanStrength.Guess, "acts as a person");
    }

    /// <summary>Abimbola, her wife, drove.</summary>
    private static bool IsPresented(TokenizedText text, int index) =>
        text.IsSymbol(index + 1, ',') && (text.Equals(index + 2, "his") || text.Equals(index + 2, "her") || text.Equals(index + 2, "their"));

    /// <summary>Giovani Senger attended: two capitals at the beginning of a sentence and then what only people do.</summary>
    private static bool FindActingPair(TokenizedText text, int index, SpanCollector spans)
    {
        if (!text[index].SentenceStart || text[index].Is(WordClass.Ordinary | WordClass.Title | WordClass.FacilityNoun) || text.InCapitals(index)) return false;
        if (!text.IsWord(index + 1) || text[index + 1].LineBefore || text[index + 1].Case is not (LetterCase.Capitalised or LetterCase.Inner) || !text.Is(index + 2, WordClass.PersonVerb)) return false;
        if (text[index + 1].Is(WordClass.Clinical | WordClass.EponymNoun) && !text[index].Is(WordClass.GivenName)) return false;
        spans.Add(text, index, index + 1, TextCategory.Name, SpanStrength.Guess, "acts as a person");
        return true;
    }

    private bool IsGuess(TokenizedText text, int index)
    {
        ref readonly var token = ref text[index];
        if (text.Profile != TextProfile.Report || !IsSentence(text, index)) return IsScottishOrIrish(text, index) && token.Case == LetterCase.Inner;
        if (IsScottishOrIrish(text, index)) return true;
        var compound = TokenizedText.IsCompound(text, index);
        if ((token.Length < ShortestGuess && !compound) || token.Case is not (LetterCase.Capitalised or LetterCase.Inner)) return false;
        var score = ScoreOf(text, index);
        if (token.SentenceStart && compound && !text[index + 2].Is(WordClass.Ordinary | WordClass.Eponym)) return score > TooUnlike;
        if (token.SentenceStart) return token.Length >= ShortestAtBeginning && score > (text.Equals(index + 1, "to") ? NameWithTask : IsFollowedLikePerson(text, index) ? NameAtBeginning : SurelyNameAtBeginning) && !text.IsSymbol(index + 1, ':');
        if (IsProduct(text, index)) return false;
        if (text.IsSymbol(index + 1, ':') && score < NameAtBeginning) return false;
        if (text.IsSymbol(index - 1, ':') && score < AfterColon) return false;
        if (score < TooUnlike && !IsAfterPreposition(text, index)) return false;
        if (token.Case == LetterCase.Inner && (char.IsLower(text.Raw(index)[0]) || token.Length < 5)) return false;
        return !text.IsSymbol(index - 1, ':') || !text[index].Is(WordClass.Derived);
    }

    /// <summary>On Lixiana; Adoport level 6.4; RapidAI: what is taken, dosed or written as no name is.</summary>
    private static bool IsProduct(TokenizedText text, int index)
    {
        if (text[index].Case == LetterCase.Inner && !InnerNames.IsName(text.Raw(index))) return true;
        if (text[index].Is(WordClass.PersonName | WordClass.Place)) return false;
        if (text.IsWord(index + 1) && text[index + 1].Length <= 10 && !text[index + 1].LineBefore && Doses.Contains(text.Folded(index + 1))) return true;
        if (text.IsNumber(index + 1) && text.IsWord(index + 2) && text[index + 2].Length <= 10 && Doses.Contains(text.Folded(index + 2))) return true;
        if (text.IsWord(index + 1) && text[index + 1].Case is LetterCase.Capitalised or LetterCase.Inner && !text[index + 1].LineBefore && !text[index + 1].SentenceStart) return false;
        return text.IsWord(index - 1) && text[index - 1].Length <= 10 && Takes.Contains(text.Folded(index - 1)) && !(text.Equals(index - 1, "on") && text.IsWord(index - 2) && text[index - 2].Length <= 10 && Operations.Contains(text.Folded(index - 2)));
    }

    /// <summary>"Torquilidh from outreach", "Anastasios updated by", "Aoife and": a small word of grammar or a participle comes next.</summary>
    private static bool IsFollowedLikePerson(TokenizedText text, int index) =>
        text.IsWord(index + 1) && !text[index + 1].LineBefore && text[index + 1].Case == LetterCase.Lower && (text[index + 1].Is(WordClass.Function | WordClass.PersonVerb) || text.Raw(index + 1).EndsWith("ed", StringComparison.Ordinal));

    /// <summary>"In Invercargill": names of places look less like those of people.</summary>
    private static bool IsAfterPreposition(TokenizedText text, int index) => text.Equals(index - 1, "in") || text.Equals(index - 1, "at") || text.Equals(index - 1, "near") || text.Equals(index - 1, "from") || text.Equals(index - 1, "of");

    private float ScoreOf(TokenizedText text, int index)
    {
        Span<char> folded = stackalloc char[Lexicon.LongestWord * 2];
        return text[index].Length > Lexicon.LongestWord ? 0 : model.Score(folded[..Math.Max(0, Folding.Fold(text.Raw(index), folded))]);
    }

    private static bool IsScottishOrIrish(TokenizedText text, int index)
    {
        var word = text.Raw(index);
        if (word.Length < 5) return false;
        if (word[0] is 'O' or 'D' or 'o' && Folding.IsApostrophe(word[1]) && char.IsUpper(word[2])) return true;
        return (word.StartsWith("Mc", StringComparison.Ordinal) && char.IsUpper(word[2])) || (word.StartsWith("Mac", StringComparison.Ordinal) && char.IsUpper(word[3]));
    }

    private static bool IsSentence(TokenizedText text, int index) => text.Style(index) == SegmentStyle.Sentence && text.Profile == TextProfile.Report;
}
