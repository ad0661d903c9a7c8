using Smi.Deid.Text.Formats;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Named institutions by their last word (Hospital, Infirmary, Day Unit) and numbered wards.</summary>
internal sealed class FacilityFinder : ITextFinder
{
    private const int MostWords = 7;

    // Words that begin the names of institutions and are English ones.
    private static readonly string[] Dedications =
        ["our", "lady", "queen", "king", "prince", "princess", "duke", "duchess", "saint", "st", "holy", "sacred", "mater", "mother", "good", "christ", "notre", "mount", "mercy", "blessed", "immaculate", "trinity", "notre", "dame", "lord", "victoria"];

    public void Find(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            if (text.Equals(index, "level") || text.Equals(index, "floor")) FindLevel(text, index, spans);
            if (text.Equals(index, "general") || text.Equals(index, "care")) FindShortened(text, index, spans);
            if (!text[index].Is(WordClass.FacilityNoun) || (text.Equals(index, "group") && text.IsNumber(index + 1))) continue;
            FindNumbered(text, index, spans);
            if (text[index].Case != LetterCase.Lower) FindNamed(text, index, spans);
        }
    }

    /// <summary>Ward 27B, Bay 4, Bed 12.</summary>
    private static void FindNumbered(TokenizedText text, int noun, SpanCollector spans)
    {
        if (!text.Equals(noun, "ward") && !text.Equals(noun, "bay") && !text.Equals(noun, "bed") && !(text.Equals(noun, "clinic") && text[noun].Case != LetterCase.Lower)) return;
        var next = text.IsSymbol(noun + 1, '-') || text.IsSymbol(noun + 1, '#') ? noun + 2 : noun + 1;
        if (!text.Exists(next) || text[next].LineBefore) return;
        var code = text[next].Kind is TokenKind.Number or TokenKind.Mixed
            || (text[next].Kind == TokenKind.Word && text[next].Case != LetterCase.Lower && text.Equals(noun, "ward") && !text[next].Is(WordClass.Ordinary) && !text[next].Is(WordClass.PersonVerb))
            || (text[next].Length == 1 && text.IsWord(next) && char.IsUpper(text.Raw(next)[0]) && text[noun].Case != LetterCase.Lower);
        if (code && text[next].Length <= 12) spans.Add(text, noun, next, TextCategory.Facility, SpanStrength.Format, "ward");
    }

    /// <summary>Lady Margaret General, Skegness General, Mercy Urgent Care: the noun is left out or no noun of its own.</summary>
    private static void FindShortened(TokenizedText text, int end, SpanCollector spans)
    {
        var care = text.Equals(end, "care");
        if (text[end].Case == LetterCase.Lower || (care && !text.Equals(end - 1, "urgent"))) return;
        if (!care && text.IsWord(end + 1) && !text[end + 1].LineBefore && !text[end + 1].SentenceStart && text[end + 1].Case is LetterCase.Capitalised or LetterCase.Inner) return;
        var noun = care ? end - 1 : end;
        var before = noun - 1;
        while (before > 0 && text[before].Is(WordClass.FacilityGeneric) && !text[before].LineBefore && text[before].Case != LetterCase.Lower) before--;
        if (before < 0 || text[noun].LineBefore || !text.IsWord(before) || !(IsDedication(text, before) || (IsProper(text, before) && !text[before].Is(WordClass.Title)))) return;
        var (first, _) = WidenLeft(text, before, noun);
        spans.Add(text, first, end, TextCategory.Facility, SpanStrength.Context, "facility");
    }

    /// <summary>Level 5 West, Floor 2 North: a level without a direction is one of the spine or the neck.</summary>
    private static void FindLevel(TokenizedText text, int noun, SpanCollector spans)
    {
        if (text[noun].Case == LetterCase.Lower || !text.IsNumber(noun + 1) || text[noun + 1].LineBefore || !text.IsWord(noun + 2) || text[noun + 2].Case == LetterCase.Lower) return;
        foreach (var direction in (ReadOnlySpan<string>)["west", "east", "north", "south", "wing", "central"])
        {
            if (text.Equals(noun + 2, direction)) spans.Add(text, noun, noun + 2, TextCategory.Facility, SpanStrength.Format, "ward");
        }
    }

    private static void FindNamed(TokenizedText text, int noun, SpanCollector spans)
    {
        var first = noun;
        var proper = false;
        for (var index = noun - 1; index >= 0 && noun - index <= MostWords && !text[index + 1].LineBefore && CanStandBefore(text, index); index--)
        {
            var particle = proper && TokenizedText.IsNobiliary(text, index);
            if (!particle && !IsProper(text, index) && !IsNamed(text, index, noun)) continue;
            proper = true;
            first = index;
        }

        if (text.Equals(first - 1, "st") || text.Equals(first - 1, "royal")) first--;
        else if (text.IsSymbol(first - 1, '.') && text.Equals(first - 2, "st")) first -= 2;
        var (dedicated, named) = WidenLeft(text, first, noun);
        proper |= named || (first > dedicated && IsWard(text, noun) && text.Profile == TextProfile.Report && text.Style(noun) == SegmentStyle.Sentence);
        if (proper) first = dedicated;
        var last = ReadOf(text, noun);
        if (proper || last > noun) spans.Add(text, first, last, TextCategory.Facility, SpanStrength.Context, "facility");
    }

    /// <summary>Queen Adelaide Base Hospital, Our Lady of Lourdes Surgery, Upper Fenby Clinic: words with capitals that stand before the name belong to it.</summary>
    private static (int First, bool Named) WidenLeft(TokenizedText text, int first, int noun)
    {
        var named = false;
        for (var earliest = Math.Max(0, noun - TokenizedText.Reach); first > earliest && !text[first].LineBefore;)
        {
            var before = first - 1;
            if (text[before].Kind == TokenKind.Symbol)
            {
                if (!text.IsSymbol(before, '-') && !(text.IsSymbol(before, '.') && text.Equals(before - 1, "st")) || before == 0 || !(text.Glued(first) || text.IsSymbol(before, '.'))) break;
                first = before - 1;
                continue;
            }

            if (text.Equals(before, "of") && before > earliest && text[before - 1].Case == LetterCase.Capitalised && text.Glued(before) == false && IsDedication(text, before - 1)) first = before - 1;
            else if (IsDedication(text, before)) first = before;
            else if (CanWiden(text, before)) first = before;
            else break;
            named |= IsDedication(text, first);
        }

        return (first, named);
    }

    private static bool IsWard(TokenizedText text, int noun) => text.Equals(noun, "ward") || text.Equals(noun, "suite");

    private static bool CanWiden(TokenizedText text, int index)
    {
        ref readonly var token = ref text[index];
        if (token.Kind != TokenKind.Word || text.Style(index) == SegmentStyle.Upper) return false;
        if (token.Case == LetterCase.Lower) return text.IsSymbol(index + 1, '-') && text.Glued(index + 1) && text.IsSymbol(index - 1, '-') && text.Glued(index);
        return token.Case is LetterCase.Capitalised or LetterCase.Inner && token.Length > 2 && (!token.SentenceStart || token.LineBefore)
            && !token.Is(WordClass.Function | WordClass.Title | WordClass.PersonVerb | WordClass.Month | WordClass.Weekday | WordClass.Placeholder) && (!token.Is(WordClass.Clinical) || token.Is(WordClass.FacilityGeneric) || IsFacilityAhead(text, index));
    }

    /// <summary>Medicine Hat Imaging, Discovery Ward: behind even a clinical word the name of an institution goes on with capitals.</summary>
    private static bool IsFacilityAhead(TokenizedText text, int index) =>
        text.Style(index) == SegmentStyle.Sentence && text.Profile == TextProfile.Report && text.IsWord(index + 1) && (text.Equals(index + 1, "ward") || text.Equals(index + 1, "suite") || !text[index + 1].Is(WordClass.Ordinary | WordClass.FacilityNoun | WordClass.FacilityGeneric)) && text[index].Case == LetterCase.Capitalised;

    private static bool IsDedication(TokenizedText text, int index)
    {
        if (!text.IsWord(index) || text[index].Case == LetterCase.Lower) return false;
        foreach (var word in Dedications)
        {
            if (text.Equals(index, word)) return true;
        }

        return false;
    }

    private static bool CanStandBefore(TokenizedText text, int index)
    {
        ref readonly var token = ref text[index];
        if (token.Kind == TokenKind.Symbol) return text.IsSymbol(index, '&') || text.IsSymbol(index, '-') || text.IsSymbol(index, '’') || text.IsSymbol(index, '\'') || (text.IsSymbol(index, '.') && index > 0 && text.Equals(index - 1, "st"));
        if (token.Kind != TokenKind.Word) return false;
        if (text.Equals(index, "of") || text.Equals(index, "and") || text.Equals(index, "the") || text.Equals(index, "for")) return index > 0 && text[index - 1].Case != LetterCase.Lower && !text[index].SentenceStart;
        if (IsBehindParticle(text, index)) return true;
        if (text[index].Is(WordClass.Particle) && text[index].Case != LetterCase.Lower && text.IsSymbol(index + 1, '-')) return true;
        if (TokenizedText.IsNobiliary(text, index)) return true;
        if (token.Case == LetterCase.Lower || token.Is(WordClass.Function | WordClass.PersonVerb | WordClass.Title)) return false;
        return !text.InCapitals(index) || IsProper(text, index) || token.Is(WordClass.FacilityGeneric);
    }

    /// <summary>Al-rashidi Surgery, El-hazawi Clinic.</summary>
    private static bool IsBehindParticle(TokenizedText text, int index) =>
        index > 1 && text.IsSymbol(index - 1, '-') && text.Glued(index) && text.Glued(index - 1) && text[index - 2].Is(WordClass.Particle) && text[index - 2].Case != LetterCase.Lower;

    /// <summary>A word that can name an institution: not English, not clinical, or a person's or place's name.</summary>
    private static bool IsProper(TokenizedText text, int index)
    {
        ref readonly var token = ref text[index];
        if (text[index].Is(WordClass.Particle) && text[index].Case != LetterCase.Lower && text.IsSymbol(index + 1, '-') && text.Glued(index + 1)) return true;
        if (token.Kind != TokenKind.Word || token.Case == LetterCase.Lower || token.Length < 2 || token.Is(WordClass.Function | WordClass.FacilityNoun)) return false;
        if (token.Is(WordClass.FacilityGeneric)) return false;
        if (token.Is(WordClass.Clinical) || (token.Is(WordClass.Eponym) && !token.Is(WordClass.PersonName))) return token.Is(WordClass.Place);
        if (token.Case == LetterCase.Upper && token.Length <= 4 && !text.InCapitals(index)) return false;
        return !token.Is(WordClass.Ordinary) || token.Is(WordClass.PersonName | WordClass.Place) || NameReader.IsOnlyDerived(text, index);
    }

    /// <summary>Toy General Hospital: inside a sentence an English word gets a capital only as a name.</summary>
    private static bool IsNamed(TokenizedText text, int index, int noun)
    {
        ref readonly var token = ref text[index];
        var heading = token.LineBefore && (!text.Exists(noun + 1) || text[noun + 1].LineBefore);
        return token.Kind == TokenKind.Word && token.Case == LetterCase.Capitalised && token.Length > 2 && text.Profile == TextProfile.Report && (heading || (text.Style(index) == SegmentStyle.Sentence && !token.SentenceStart))
            && !token.Is(WordClass.Function | WordClass.Clinical | WordClass.FacilityGeneric | WordClass.FacilityNoun | WordClass.PersonVerb | WordClass.Title)
            && ((index + 1 < noun && text.Is(index + 1, WordClass.FacilityGeneric | WordClass.FacilityNoun)) || text.Equals(index + 1, "hospital") || text.Equals(index + 1, "infirmary") || text.Equals(index + 1, "surgery"));
    }

    /// <summary>Klinikum Okotoks, University Hospital Hilversum.</summary>
    private static bool IsTown(TokenizedText text, int noun) =>
        text.IsWord(noun + 1) && !text[noun + 1].LineBefore && text[noun + 1].Case == LetterCase.Capitalised && text[noun + 1].Length > 3 && !text[noun + 1].Is(WordClass.Ordinary | WordClass.Eponym | WordClass.Title | WordClass.Month | WordClass.FacilityNoun)
        && (text.Equals(noun, "hospital") || text.Equals(noun, "klinikum") || text.Equals(noun, "klinik") || text.Equals(noun, "krankenhaus") || text.Equals(noun, "infirmary") || text.Equals(noun, "ziekenhuis") || text.Equals(noun, "hopital") || text.Equals(noun, "universitatsklinikum"));

    /// <summary>University of Dundee, Hospital for Sick Children of X.</summary>
    private static int ReadOf(TokenizedText text, int noun)
    {
        if (IsTown(text, noun)) return AddressTail.Town(text, noun + 1);
        if (!text.Equals(noun + 1, "of") && !text.Equals(noun + 1, "at") && !text.Equals(noun + 1, "de")) return noun;
        var last = noun;
        for (var index = noun + 2; index < noun + 5 && text.Exists(index) && !text[index].LineBefore && IsProper(text, index); index++) last = index;
        return last;
    }
}
