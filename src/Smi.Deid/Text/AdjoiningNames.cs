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
            while (text.Exists(index) && text[index].End < span.End) index++;
            if (text.Exists(index) && text[index].End == span.End) AddWithParticles(text, index, spans);
            if (text.Exists(index + 1) && !text[index + 1].LineBefore && IsOtherHalf(text, index + 1) && text[index].End == span.End) Add(text, index + 1, spans);
        }
    }

    /// <summary>Norbert | ter Meegdenhil.</summary>
    private static void AddWithParticles(TokenizedText text, int last, SpanCollector spans)
    {
        var next = last + 1;
        while (next - last < TokenizedText.Reach && TokenizedText.IsNobiliary(text, next) && !text[next].LineBefore) next++;
        if (next > last + 1 && text.IsWord(next) && text[next].Case != LetterCase.Lower && !text[next].Is(NoName)) spans.Add(text, last + 1, next, TextCategory.Name, SpanStrength.Dictionary, "beside a name");
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
