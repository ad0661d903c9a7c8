using Smi.Deid.Text.Context;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text;

/// <summary>The other half of a name found once: in "Chester Bogisich" only one word is known or looks like a name.</summary>
internal static class AdjoiningNames
{
    private const int Shortest = 3;

    private const WordClass NoName = WordClass.Function | WordClass.Clinical | WordClass.Title | WordClass.PostNominal | WordClass.FacilityNoun | WordClass.FacilityGeneric | WordClass.Month
        | WordClass.Weekday | WordClass.Street | WordClass.EponymNoun | WordClass.PersonVerb | WordClass.Placeholder | WordClass.Nationality | WordClass.Unit;

    public static void Find(TokenizedText text, SpanCollector spans)
    {
        var names = spans.All.Where(found => found.Span.Category == TextCategory.Name).Select(found => found.Span).OrderBy(span => span.Start).ToList();
        var index = 0;
        foreach (var span in names)
        {
            while (text.Exists(index) && text[index].Start < span.Start) index++;
            if (IsOtherHalf(text, index - 1) && !text[index].LineBefore) Add(text, index - 1, spans);
            AddJoinedBefore(text, index, spans);
            while (text.Exists(index) && text[index].End < span.End) index++;
            if (text.Exists(index) && text[index].End == span.End) AddJoined(text, index, spans);
            if (text.Exists(index) && text[index].End == span.End) AddWithParticles(text, index, spans);
            if (text.Exists(index + 1) && !text[index + 1].LineBefore && IsOtherHalf(text, index + 1) && text[index].End == span.End) Add(text, index + 1, spans);
        }
    }

    /// <summary>Pangilinan / Teitelbaum, Wallenius and Rangi: of two that stand together one is known.</summary>
    private static void AddJoined(TokenizedText text, int last, SpanCollector spans)
    {
        var next = last + 2;
        if (!IsJoint(text, last + 1) || !text.Exists(next) || text[next].LineBefore || !IsUnknown(text, next)) return;
        spans.Add(text, next, EndOfCompound(text, next), TextCategory.Name, SpanStrength.Dictionary, "beside a name");
    }

    private static void AddJoinedBefore(TokenizedText text, int first, SpanCollector spans)
    {
        if (text.Exists(first) && !text[first].LineBefore && IsJoint(text, first - 1) && text.IsSymbol(first - 1, '/') && IsUnknown(text, first - 2)) Add(text, first - 2, spans);
    }

    private static bool IsJoint(TokenizedText text, int index) => text.IsSymbol(index, '/') || text.IsSymbol(index, '&') || text.Equals(index, "and");

    private static bool IsUnknown(TokenizedText text, int index) =>
        text.IsWord(index) && text[index].Length >= Shortest && text[index].Case is LetterCase.Capitalised or LetterCase.Inner && text.Profile == TextProfile.Report && !text.InCapitals(index)
        && !text[index].Is(NoName | WordClass.Ordinary | WordClass.Eponym) && !ClinicalGuard.IsTermAt(text, index);

    /// <summary>Norbert | ter Meegdenhil.</summary>
    private static void AddWithParticles(TokenizedText text, int last, SpanCollector spans)
    {
        var next = last + 1;
        while (next - last < TokenizedText.Reach && TokenizedText.IsNobiliary(text, next) && !text[next].LineBefore) next++;
        if (TokenizedText.IsCompound(text, next) && !text[next].LineBefore && (text[next].Is(WordClass.Particle) || !text[next].Is(NoName)) && !ClinicalGuard.IsTermAt(text, next))
        {
            spans.Add(text, next, EndOfCompound(text, next), TextCategory.Name, SpanStrength.Dictionary, "beside a name");
            return;
        }

        if (next > last + 1 && text.IsWord(next) && text[next].Case != LetterCase.Lower && !text[next].Is(NoName)) spans.Add(text, last + 1, next, TextCategory.Name, SpanStrength.Dictionary, "beside a name");
    }

    private static int EndOfCompound(TokenizedText text, int index)
    {
        for (var latest = index + TokenizedText.Reach; index < latest && text.IsSymbol(index + 1, '-') && text.Glued(index + 1) && text.IsWord(index + 2) && text.Glued(index + 2);) index += 2;
        return index;
    }

    private static bool IsOtherHalf(TokenizedText text, int index)
    {
        if (!text.IsWord(index) || text.Style(index) != SegmentStyle.Sentence || text.Profile != TextProfile.Report) return false;
        ref readonly var token = ref text[index];
        if (token.Length < Shortest || token.Case != LetterCase.Capitalised || token.Is(NoName) || ClinicalGuard.IsTermAt(text, index)) return false;
        if (token.SentenceStart) return !token.Is(WordClass.Ordinary);
        return token.Is(WordClass.PersonName | WordClass.Place) || !token.Is(WordClass.Ordinary);
    }

    private static void Add(TokenizedText text, int index, SpanCollector spans) => spans.Add(text, index, index, TextCategory.Name, SpanStrength.Dictionary, "beside a name");
}
