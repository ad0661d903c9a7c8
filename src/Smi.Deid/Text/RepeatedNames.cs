using Smi.Deid.Text.Context;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text;

/// <summary>A name found once by context ("Mr Pettigrew") is the same name wherever else it stands in the text ("PETTIGREW").</summary>
internal static class RepeatedNames
{
    private const int Shortest = 4;

    public static void Find(TokenizedText text, SpanCollector spans)
    {
        var names = Gather(text, spans);
        if (names.Count == 0) return;
        for (var index = 0; index < text.Count; index++)
        {
            if (!IsCandidate(text, index) || !names.Contains(text.Folded(index)) || ClinicalGuard.IsTermAt(text, index)) continue;
            spans.Add(text, index, index, TextCategory.Name, SpanStrength.Context, "name found elsewhere in the text");
        }
    }

    private static HashSet<string> Gather(TokenizedText text, SpanCollector spans)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var sure = spans.All.Where(found => found.Span.Category == TextCategory.Name && found.Strength >= SpanStrength.Dictionary).Select(found => found.Span).OrderBy(span => span.Start).ToList();
        var index = 0;
        foreach (var span in sure)
        {
            while (index > 0 && text.Exists(index - 1) && text[index - 1].Start >= span.Start) index--;
            while (text.Exists(index) && text[index].Start < span.Start) index++;
            for (; text.Exists(index) && text[index].End <= span.End; index++)
            {
                if (IsCandidate(text, index)) names.Add(text.Folded(index));
            }
        }

        return names;
    }

    private static bool IsCandidate(TokenizedText text, int index) =>
        text.IsWord(index) && text[index].Length >= Shortest && text[index].Case != LetterCase.Lower
        && !text[index].Is(WordClass.Ordinary | WordClass.Title | WordClass.FacilityNoun | WordClass.Month | WordClass.PersonVerb | WordClass.EponymNoun | WordClass.Street);
}
