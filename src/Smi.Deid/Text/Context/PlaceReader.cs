using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Reads addresses, places and institutions from a point where one is expected.</summary>
internal static class PlaceReader
{
    private const int MostTokens = 24;

    /// <summary>After "Address:" everything to the end of the line or the next label.</summary>
    public static void FindAddressLine(TokenizedText text, int first, PhraseTable phrases, SpanCollector spans)
    {
        var next = EndOfValue(text, first, phrases);
        if (next > first) spans.Add(text, first, next - 1, TextCategory.Address, SpanStrength.Context, "address label");
    }

    public static void FindFacilityLine(TokenizedText text, int first, PhraseTable phrases, SpanCollector spans)
    {
        var next = EndOfValue(text, first, phrases);
        var named = false;
        for (var index = first; index < next; index++)
        {
            named |= text[index].Is(WordClass.FacilityNoun | WordClass.Place)
                || (text[index].Kind == TokenKind.Word && text[index].Case != LetterCase.Lower && !text[index].Is(WordClass.Ordinary) && text[index].Length > 3);
        }

        if (named && next - first <= MostTokens) spans.Add(text, first, next - 1, TextCategory.Facility, SpanStrength.Context, "facility label");
    }

    /// <summary>"lives at": numbers, capitalised words and commas, to the end of the phrase.</summary>
    public static void FindAddress(TokenizedText text, int first, SpanCollector spans)
    {
        if (text.IsSymbol(first, ':')) first++;
        var last = first - 1;
        for (var index = first; index < first + MostTokens && text.Exists(index) && IsInAddress(text, index, first); index++)
        {
            if (text[index].Kind != TokenKind.Symbol) last = index;
        }

        if (last >= first) spans.Add(text, first, last, TextCategory.Address, SpanStrength.Context, "address cue");
    }

    /// <summary>"resident of", "transferred from": capitalised words that are not English or clinical ones.</summary>
    public static void FindPlace(TokenizedText text, int first, TextCategory category, SpanCollector spans)
    {
        while (text.Equals(first, "the") || text.IsSymbol(first, ':')) first++;
        var last = first - 1;
        var particles = first;
        while (particles - first < 3 && TokenizedText.IsNobiliary(text, particles)) particles++;
        if (particles > first && IsPlaceWord(text, particles)) last = particles;
        for (var index = first; index < first + 10 && text.Exists(index) && !text[index].LineBefore; index++)
        {
            if (index < last) continue;
            if (IsPlaceWord(text, index) || IsFirstOfPlace(text, index) || IsBehindParticle(text, index) || (last >= first && IsLandmark(text, index))) last = index;
            else if (!IsPlaceJoiner(text, index)) break;
        }

        if (last >= first && !text[first].LineBefore) spans.Add(text, first, last, category, SpanStrength.Context, "place cue");
    }

    private static bool IsPlaceWord(TokenizedText text, int index)
    {
        ref readonly var token = ref text[index];
        if (token.Kind == TokenKind.Ideograph) return true;
        if (token.Kind != TokenKind.Word || token.Case == LetterCase.Lower || token.Length < 2) return false;
        // Newcastle-under-Lyme
        if (token.Is(WordClass.Eponym) && token.Case == LetterCase.Capitalised && text.IsSymbol(index - 1, '-') && text.Glued(index) && text.Glued(index - 1)) return true;
        if (token.Is(WordClass.Function | WordClass.Clinical | WordClass.Eponym | WordClass.Month | WordClass.Weekday | WordClass.Title)) return token.Is(WordClass.Place) && !text.InCapitals(index);
        if (token.Is(WordClass.Place)) return true;
        if (token.Length <= 4 && token.Case == LetterCase.Upper && !text.InCapitals(index)) return false;
        if (text.InCapitals(index)) return !token.Is(WordClass.Ordinary | WordClass.PersonVerb);
        if (NameReader.IsOnlyDerived(text, index)) return true;
        return !token.Is(WordClass.Ordinary) || token.Is(WordClass.PersonName | WordClass.FacilityNoun | WordClass.Street);
    }

    /// <summary>Port Ellary, Mount Vernon: an English word with a capital before one that is none.</summary>
    private static bool IsFirstOfPlace(TokenizedText text, int index) =>
        text.IsWord(index) && text[index].Case == LetterCase.Capitalised && text.Style(index) == SegmentStyle.Sentence && !text[index].Is(WordClass.Function | WordClass.Title | WordClass.Eponym)
        && text.IsWord(index + 1) && text[index + 1].Case == LetterCase.Capitalised && !text[index + 1].LineBefore && !text[index + 1].Is(WordClass.Ordinary | WordClass.Eponym);

    /// <summary>Al-hatouriville.</summary>
    private static bool IsBehindParticle(TokenizedText text, int index) =>
        text.IsWord(index) && text.IsSymbol(index - 1, '-') && text.Glued(index) && text.Is(index - 2, WordClass.Particle) && text[index - 2].Case != LetterCase.Lower;

    /// <summary>Chillicothe Golf Club, Mortoun Bridge, Longholme Shipping: what goes on with capitals inside a sentence.</summary>
    private static bool IsLandmark(TokenizedText text, int index) =>
        text.IsWord(index) && text[index].Case == LetterCase.Capitalised && text.IsWord(index - 1) && text.Style(index) == SegmentStyle.Sentence && text.Profile == TextProfile.Report && !text[index].SentenceStart
        && !text[index].Is(WordClass.Function | WordClass.Title | WordClass.Month | WordClass.Weekday | WordClass.Eponym);

    private static bool IsPlaceJoiner(TokenizedText text, int index) =>
        text.IsSymbol(index, '-') || (text.IsSymbol(index, '.') && index > 0 && text.Equals(index - 1, "st")) || text.Equals(index, "on") || text.Equals(index, "upon") || text.Equals(index, "of") || text.Equals(index, "le")
        || text.Equals(index, "by") && text.Equals(index + 1, "sea") || text.Equals(index, "under") || (text[index].Is(WordClass.Particle) && text.IsSymbol(index - 1, '-') && text.Glued(index)) || text.Equals(index, "in") && text.IsSymbol(index - 1, '-') || (text.IsSymbol(index, ',') && IsPlaceAfterComma(text, index + 1));

    private static bool IsPlaceAfterComma(TokenizedText text, int index) => text.Exists(index) && IsPlaceWord(text, index) && !text[index].Is(WordClass.Ordinary);

    private static bool IsInAddress(TokenizedText text, int index, int first)
    {
        ref readonly var token = ref text[index];
        if (index > first && (token.SentenceStart || token.LineBefore) && !text.IsSymbol(index - 1, ',')) return false;
        if (token.Kind is TokenKind.Number or TokenKind.Mixed or TokenKind.Ideograph) return true;
        if (token.Kind == TokenKind.Symbol) return text.IsSymbol(index, ',') || text.IsSymbol(index, '/') || text.IsSymbol(index, '-') || text.IsSymbol(index, '#') || text.IsSymbol(index, '&')
            || (text.IsSymbol(index, '.') && text.Exists(index + 1) && !text[index + 1].SentenceStart);
        if (token.Is(WordClass.Function)) return text.Equals(index, "of") || text.Equals(index, "the") || text.Equals(index, "on");
        if (token.Is(WordClass.Street)) return true;
        return token.Case != LetterCase.Lower && (!text.InCapitals(index) || !token.Is(WordClass.PersonVerb));
    }

    /// <summary>The index after the value of a form's field.</summary>
    private static int EndOfValue(TokenizedText text, int first, PhraseTable phrases)
    {
        var index = first;
        while (text.Exists(index) && (index == first || !text[index].LineBefore) && !(index > first && phrases.IsLabelAt(text, index))) index++;
        return index > first && text.Exists(first) && text[first].LineBefore && phrases.IsLabelAt(text, first) ? first : index;
    }
}
