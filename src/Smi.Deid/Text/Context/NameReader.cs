using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Reads a person's name from a place where one is expected, and says where it ends.</summary>
internal static class NameReader
{
    private const int MostWords = 6;

    /// <summary>The index of the last token of a name that begins at a token, or -1. Certain: a title or label says that a name must follow.</summary>
    public static int Read(TokenizedText text, int first, bool certain)
    {
        var index = SkipTitles(text, first);
        var last = -1;
        var words = 0;
        while (words < MostWords && text.Exists(index) && (index == first || !text[index].LineBefore))
        {
            var end = ReadPart(text, index, words, certain);
            if (end < 0) break;
            last = end;
            words++;
            index = AfterPart(text, end);
        }

        // A first token that is only an initial is a name where a title asks for one ("Mrs A").
        return words == 0 || (words == 1 && !certain && text[last].Length == 1) ? -1 : last;
    }

    public static int SkipTitles(TokenizedText text, int index)
    {
        var latest = index + TokenizedText.Reach;
        while (index < latest && text.Is(index, WordClass.Title) && !(text[index].Is(WordClass.PersonName) && text[index].Case == LetterCase.Lower))
        {
            index++;
            while (index < latest && text.IsSymbol(index, '.') || (text.IsSymbol(index, '/') && text.Is(index + 1, WordClass.Title))) index++;
        }

        return index;
    }

    /// <summary>The end of one word of a name with its particles, initials' dots and hyphenated rest, or -1.</summary>
    private static int ReadPart(TokenizedText text, int index, int words, bool certain)
    {
        if (!text.IsWord(index)) return text[index].Kind == TokenKind.Ideograph && certain ? index : -1;
        if (text[index].Is(WordClass.Particle) && ParticleEnd(text, index) is var next and > 0)
        {
            return next - index < TokenizedText.Reach && !text[next].Is(WordClass.Particle) ? ReadPart(text, next, words, certain) : AfterParticles(text, next, words, certain);
        }

        // Al-rashidi: behind the hyphen of a particle the name itself may be small.
        var joined = index > 1 && IsHyphen(text, index - 1) && text.Glued(index) && text[index - 2].Is(WordClass.Particle) && text[index - 2].Case != LetterCase.Lower;
        if (!joined && !CanBeName(text, index, words, certain)) return -1;
        var end = index;
        while (end - index < TokenizedText.Reach && IsHyphen(text, end + 1) && text.Glued(end + 1) && text.IsWord(end + 2) && text.Glued(end + 2)
            && text[end + 2].Case != LetterCase.Lower)
        {
            end += 2;
        }

        return end;
    }

    /// <summary>A second particle in a row (Mac De Souza) may have a third behind it, and no more.</summary>
    private static int AfterParticles(TokenizedText text, int index, int words, bool certain)
    {
        if (ParticleEnd(text, index) is var next and > 0 && next - index < TokenizedText.Reach && !text[next].Is(WordClass.Particle)) return ReadPart(text, next, words, certain);
        return CanBeName(text, index, words, certain) ? index : -1;
    }

    /// <summary>The token after a particle (de, van, al-, St.) when a name goes on there.</summary>
    private static int ParticleEnd(TokenizedText text, int index)
    {
        var next = index + 1;
        while (next - index < TokenizedText.Reach && text.Is(next, WordClass.Particle) && text[next].Case == LetterCase.Lower) next++;
        if (IsHyphen(text, next) && text[index].Case != LetterCase.Lower && text.Glued(next + 1) && text.IsWord(next + 1)) return next + 1;
        if ((IsHyphen(text, next) || text.IsSymbol(next, '.')) && text.IsWord(next + 1)) next++;
        return text.IsWord(next) && text[next].Case != LetterCase.Lower && !text[next].LineBefore && !text[next].Is(WordClass.Function) ? next : -1;
    }

    private static bool CanBeName(TokenizedText text, int index, int words, bool certain)
    {
        ref readonly var token = ref text[index];
        if (token.Length == 1) return IsInitial(text, index);
        if (token.Is(WordClass.Function) && words == 0 && certain && token.Case == LetterCase.Capitalised && token.Is(WordClass.PersonName) && IsTitled(text, index)) return true;
        if (token.Case == LetterCase.Inner && !certain && token.Length > 4 && char.IsUpper(text.Raw(index)[0]) && !InnerNames.IsName(text.Raw(index))) return false;
        if (TokenizedText.IsCompound(text, index) && !text[index + 2].Is(WordClass.Ordinary) && (!text[index + 2].Is(WordClass.Eponym) || text[index + 2].Is(WordClass.PersonName)) && !token.Is(WordClass.Function | WordClass.Eponym) && !WordForms.IsPrefix(text.Folded(index))) return true;
        if (IsShortName(text, index, certain) || IsOnlyDerived(text, index)) return true;
        if (token.Is(WordClass.Function | WordClass.Weekday) && !(words > 0 && token.Is(WordClass.PersonName) && !text.InCapitals(index)
            && token.Case != LetterCase.Lower)) return false;
        if (IsSurnameAfterGivenName(text, index, words)) return true;
        if (ClinicalGuard.IsTermAt(text, index)) return words == 0 && (certain || (text.Is(index + 1, WordClass.PersonVerb) && !text[index + 1].Is(WordClass.Function)));
        if (token.Case == LetterCase.Lower)
        {
            return words == 0 && certain && token.Length >= 3 && !token.Is(WordClass.Ordinary | WordClass.FacilityNoun | WordClass.PersonVerb | WordClass.EponymNoun);
        }

        if (token.Is(WordClass.PostNominal) && token.Case == LetterCase.Upper && !text.InCapitals(index)) return false;
        if (text.InCapitals(index)) return CanBeNameInCapitals(text, index, words, certain);
        if (!token.Is(WordClass.Ordinary | WordClass.FacilityNoun | WordClass.Street | WordClass.PersonVerb | WordClass.Month)) return true;
        if (token.Is(WordClass.PersonName)) return words == 0 ? certain || !token.Is(WordClass.Clinical) || text.Is(index + 1, WordClass.PersonName) : token.Case != LetterCase.Upper || token.Length > 3;
        if (words == 0 && IsBeforeUnknown(text, index)) return true;
        if (words > 0 || !certain || token.Case != LetterCase.Capitalised || token.Is(WordClass.FacilityNoun)) return false;
        // After a title even Kub and Spina are names; after a label only with a second word ("Patient: Stable" is none).
        return IsTitled(text, index) || (!token.Is(WordClass.Clinical) && text.IsWord(index + 1) && !text[index + 1].LineBefore
            && text[index + 1].Case == LetterCase.Capitalised && !text[index + 1].Is(WordClass.Ordinary));
    }

    /// <summary>Mere Whakaari, Hemi Rewiti: inside a sentence an English word has a capital before one that is none.</summary>
    private static bool IsBeforeUnknown(TokenizedText text, int index) =>
        text[index].Case == LetterCase.Capitalised && !text[index].SentenceStart && text.Style(index) == SegmentStyle.Sentence && text.Profile == TextProfile.Report && !text[index].Is(WordClass.Function | WordClass.Title | WordClass.PersonVerb | WordClass.FacilityNoun | WordClass.Month | WordClass.Weekday | WordClass.Eponym | WordClass.Nationality)
        && text.IsWord(index + 1) && !text[index + 1].LineBefore && text[index + 1].Case is LetterCase.Capitalised or LetterCase.Inner && text[index + 1].Length > 2 && !text[index + 1].Is(WordClass.Ordinary | WordClass.Eponym | WordClass.FacilityNoun) && !ClinicalGuard.IsTermAt(text, index + 1) && !ClinicalGuard.IsBeforeTermNoun(text, index + 1);

    /// <summary>Ng, Tse: what is a unit or an abbreviation in small letters or capitals.</summary>
    private static bool IsShortName(TokenizedText text, int index, bool certain) =>
        text[index].Length is 2 or 3 && text[index].Case == LetterCase.Capitalised && !text[index].SentenceStart && !text.InCapitals(index) && text.Style(index) == SegmentStyle.Sentence && text.Profile == TextProfile.Report
        && text[index].Is(WordClass.Unit | WordClass.Clinical) && !text[index].Is(WordClass.Function | WordClass.Common | WordClass.Month | WordClass.Weekday | WordClass.State)
        && !text.IsNumber(index - 1) && (certain || !text.IsNumber(index + 1));

    /// <summary>Tingting, Ifeoma: nothing but its ending says that the word is an English or clinical one, and inside a sentence it has a capital.</summary>
    public static bool IsOnlyDerived(TokenizedText text, int index) =>
        text[index].Is(WordClass.Derived) && text[index].Case is LetterCase.Capitalised or LetterCase.Inner && !text[index].SentenceStart && !text[index].LineBefore && text.Style(index) == SegmentStyle.Sentence && text.Profile == TextProfile.Report
        && !text[index].Is(WordClass.Vocabulary | WordClass.SeenInLower | WordClass.Eponym | WordClass.FacilityNoun | WordClass.PersonVerb | WordClass.Placeholder | WordClass.Nationality) && !ClinicalGuard.IsBeforeTermNoun(text, index);

    private static bool IsTitled(TokenizedText text, int index) =>
        !text[index].LineBefore && (text.Is(index - 1, WordClass.Title) || (text.IsSymbol(index - 1, '.') && text.Is(index - 2, WordClass.Title)));

    /// <summary>Ellen Wolff, Luc Hiller, Leonora Blank: behind a given name any word with a capital is the surname.</summary>
    private static bool IsSurnameAfterGivenName(TokenizedText text, int index, int words)
    {
        if (words != 1 || text[index].Case != LetterCase.Capitalised || text.InCapitals(index) || ClinicalGuard.IsBeforeTermNoun(text, index)) return false;
        ref readonly var before = ref text[index - 1];
        if (before.Kind != TokenKind.Word || before.Case == LetterCase.Lower || text[index].Is(WordClass.Function | WordClass.Title)) return false;
        if (before.Is(WordClass.GivenName)) return true;
        if (before.Is(WordClass.Ordinary | WordClass.Surname) || text[index].Is(WordClass.FacilityNoun)) return false;
        // Idell Hand, Venanzio Spina: inside a sentence anatomy has no capital.
        return !text[index].Is(WordClass.Clinical) || (text.Profile == TextProfile.Report && text.Style(index) == SegmentStyle.Sentence && !text[index].SentenceStart);
    }

    private static bool CanBeNameInCapitals(TokenizedText text, int index, int words, bool certain)
    {
        ref readonly var token = ref text[index];
        if (!token.Is(WordClass.Ordinary | WordClass.FacilityNoun | WordClass.PersonVerb)) return true;
        // CHI-MING
        if (IsHyphen(text, index + 1) && text.Glued(index + 1) && text.Glued(index + 2) && text.Is(index + 2, WordClass.PersonName | WordClass.RareName) && !token.Is(WordClass.Function) && !WordForms.IsPrefix(text.Folded(index))) return true;
        if (token.Is(WordClass.PersonName) && !token.Is(WordClass.PersonVerb)) return certain || words > 0;
        if (!certain || words > 0 || token.Is(WordClass.FacilityNoun)) return false;
        // PINNA, SALVATORE
        return text.IsSymbol(index + 1, ',') ? text.Is(index + 2, WordClass.GivenName) : IsTitled(text, index) || (!token.Is(WordClass.Clinical | WordClass.Common));
    }

    private static bool IsInitial(TokenizedText text, int index)
    {
        var letter = text.Text[text[index].Start];
        if (!char.IsUpper(letter)) return false;
        // R-CHOP
        if (IsHyphen(text, index + 1) && text.Glued(index + 1) && text.Glued(index + 2) && text.IsWord(index + 2) && text[index + 2].Case == LetterCase.Upper && !text.InCapitals(index)) return false;
        // "I" is a pronoun unless a dot or another part of a name follows; C 6 and T 2 are levels.
        return letter != 'I' || text.IsSymbol(index + 1, '.') || text.Is(index + 1, WordClass.PersonName);
    }

    /// <summary>Steps over what may stand between the words of a name: an initial's dot, a comma before the given name, a caret.</summary>
    private static int AfterPart(TokenizedText text, int end)
    {
        var next = end + 1;
        if (text[end].Length == 1 && text.IsSymbol(next, '.')) return next + 1;
        if (text.IsSymbol(next, '^')) return next + 1;
        if (text.IsSymbol(next, ',') && text.IsWord(next + 1) && !text[next + 1].LineBefore && GoesOnAfterComma(text, end, next + 1)) return next + 1;
        return next;
    }

    private static bool GoesOnAfterComma(TokenizedText text, int end, int next)
    {
        if (text[next].Case == LetterCase.Lower || text[next].Is(WordClass.Function)) return false;
        if (IsQualification(text, next)) return false;
        if (text[next].Length == 1) return text.IsSymbol(next + 1, '.') || !text.IsWord(next + 1);
        if (text[next].Is(WordClass.GivenName)) return !text.Is(next + 1, WordClass.EponymNoun);
        if (text[next].Case == LetterCase.Capitalised && !text[next].Is(WordClass.Vocabulary | WordClass.PostNominal | WordClass.FacilityNoun) && text[end].Case is LetterCase.Capitalised or LetterCase.Inner && EndsField(text, next + 1)) return true;
        // SURNAME, Unknown: the surname is in capitals and nothing else is.
        return text[end].Case == LetterCase.Upper && !text[next].Is(WordClass.Ordinary) && !text[next].Is(WordClass.PostNominal);
    }

    /// <summary>M.D., R.N., D.O.</summary>
    private static bool IsQualification(TokenizedText text, int index) =>
        text[index].Length == 1 && text.IsSymbol(index + 1, '.') && text.Glued(index + 2) && text.IsWord(index + 2) && text[index + 2].Length == 1
        && (text.Equals(index, "m") && text.Equals(index + 2, "d") || text.Equals(index, "r") && text.Equals(index + 2, "n") || text.Equals(index, "d") && text.Equals(index + 2, "o"));

    /// <summary>The line ends, or a wide gap or bar begins another field.</summary>
    public static bool EndsField(TokenizedText text, int index) => !text.Exists(index) || text[index].LineBefore || text.IsSymbol(index, '|') || text[index].Start >= text[index - 1].End + 2;

    private static bool IsHyphen(TokenizedText text, int index) =>
        text.IsSymbol(index, '-') || text.IsSymbol(index, '‐') || text.IsSymbol(index, '–');
}
