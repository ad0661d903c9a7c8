using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Named institutions by their last word (Hospital, Infirmary, Day Unit) and numbered wards.</summary>
internal sealed class FacilityFinder : ITextFinder
{
    private const int MostWords = 7;

    public void Find(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            if (text.Equals(index, "level") || text.Equals(index, "floor")) FindLevel(text, index, spans);
            if (!text[index].Is(WordClass.FacilityNoun)) continue;
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
        var last = ReadOf(text, noun);
        if (proper || last > noun) spans.Add(text, first, last, TextCategory.Facility, SpanStrength.Context, "facility");
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
        return !token.Is(WordClass.Ordinary) || token.Is(WordClass.PersonName | WordClass.Place);
    }

    /// <summary>Toy General Hospital: inside a sentence an English word gets a capital only as a name.</summary>
    private static bool IsNamed(TokenizedText text, int index, int noun)
    {
        ref readonly var token = ref text[index];
        var heading = token.LineBefore && (!text.Exists(noun + 1) || text[noun + 1].LineBefore);
        return token.Kind == TokenKind.Word && token.Case == LetterCase.Capitalised && token.Length > 2 && text.Profile == TextProfile.Report && (heading || (text.Style(index) == SegmentStyle.Sentence && !token.SentenceStart))
            && !token.Is(WordClass.Function | WordClass.Clinical | WordClass.FacilityGeneric | WordClass.FacilityNoun | WordClass.PersonVerb | WordClass.Title)
            && (text.Is(index + 1, WordClass.FacilityGeneric) || text.Equals(index + 1, "hospital") || text.Equals(index + 1, "infirmary") || text.Equals(index + 1, "surgery"));
    }

    /// <summary>University of Dundee, Hospital for Sick Children of X.</summary>
    private static int ReadOf(TokenizedText text, int noun)
    {
        if (!text.Equals(noun + 1, "of") && !text.Equals(noun + 1, "at") && !text.Equals(noun + 1, "de")) return noun;
        var last = noun;
        for (var index = noun + 2; index < noun + 5 && text.Exists(index) && !text[index].LineBefore && IsProper(text, index); index++) last = index;
        return last;
    }
}
