using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>Names after a title (Mr, Dr, Frau) and before letters of qualification (MD, FRCR).</summary>
internal sealed class TitleFinder : ITextFinder
{
    public void Find(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            if (text[index].Is(WordClass.Title) && !IsUnit(text, index)) FindAfterTitle(text, index, spans);
            else if (text[index].Is(WordClass.PostNominal) && text[index].Case != LetterCase.Lower) FindBeforeLetters(text, index, spans);
        }
    }

    /// <summary>1010 ms.</summary>
    private static bool IsUnit(TokenizedText text, int index) => text[index].Case == LetterCase.Lower && text.IsNumber(index - 1) && !text[index].LineBefore;

    private static void FindAfterTitle(TokenizedText text, int title, SpanCollector spans)
    {
        var certain = !IsModalityOrDisease(text, title);
        var first = NameReader.SkipTitles(text, title);
        if (first == title || !text.Exists(first) || (text[first].LineBefore && !IsWrapped(text, first))) return;
        if (text[first].SentenceStart && !text[first].LineBefore || text[title].Case == LetterCase.Lower && !certain) return;
        if (text.Equals(title, "sr") && text[first].Is(WordClass.Ordinary) && !text[first].Is(WordClass.PersonName)) return;
        var last = NameReader.Read(text, first, certain);
        if (last >= 0 && !IsTitleOnly(text, first, last)) spans.Add(text, first, last, TextCategory.Name, SpanStrength.Context, "title");
        FindSecond(text, last, spans);
    }

    /// <summary>"… discussed with Dr" and then a new line: a long line was broken there.</summary>
    internal static bool IsWrapped(TokenizedText text, int index) =>
        index > 1 && text.IsWord(index) && text[index].Case is LetterCase.Capitalised or LetterCase.Inner && !text[index].Is(WordClass.Ordinary | WordClass.Eponym | WordClass.FacilityNoun | WordClass.Month) && !text.IsSymbol(index + 1, ':')
        && !text[index - 1].LineBefore && text.Style(index - 1) == SegmentStyle.Sentence && text[index - 1].Kind != TokenKind.Number;

    /// <summary>Dr Smith and Jones; Drs Smith, Jones.</summary>
    private static void FindSecond(TokenizedText text, int last, SpanCollector spans)
    {
        var next = last + 1;
        while (last >= 0 && (text.Equals(next, "and") || text.IsSymbol(next, '&') || text.IsSymbol(next, '/')))
        {
            last = text.IsWord(next + 1) && !text[next + 1].Is(WordClass.Ordinary | WordClass.Title) && text[next + 1].Case != LetterCase.Lower
                ? NameReader.Read(text, next + 1, certain: false) : -1;
            if (last >= 0) spans.Add(text, next + 1, last, TextCategory.Name, SpanStrength.Context, "title");
            next = last + 1;
        }
    }

    /// <summary>MR is a modality and MS a disease: in capitals they are titles only before what looks like a name.</summary>
    internal static bool IsModalityOrDisease(TokenizedText text, int title) =>
        text[title].Length == 2 && text[title].Case == LetterCase.Upper && (text.Equals(title, "mr") || text.Equals(title, "ms") || text.Equals(title, "sr"));

    private static bool IsTitleOnly(TokenizedText text, int first, int last) => first == last && text[first].Is(WordClass.PostNominal) && text[first].Case == LetterCase.Upper;

    private static void FindBeforeLetters(TokenizedText text, int letters, SpanCollector spans)
    {
        if (text[letters].SentenceStart || text[letters].LineBefore) return;
        var last = text.IsSymbol(letters - 1, ',') ? letters - 2 : letters - 1;
        var first = last + 1;
        while (first > 0 && last - first < 3 && IsNamePart(text, first - 1)) first--;
        if (first <= last && text.IsWord(first) && HasName(text, first, last)) spans.Add(text, first, last, TextCategory.Name, SpanStrength.Context, "qualification");
    }

    private static bool IsNamePart(TokenizedText text, int index)
    {
        if (text[index + 1].LineBefore) return false;
        if (text.IsSymbol(index, '.')) return index > 0 && text[index - 1].Length == 1 && text.IsWord(index - 1);
        if (text.IsSymbol(index, '-')) return text.Glued(index);
        return text.IsWord(index) && text[index].Case != LetterCase.Lower
            && (!text[index].Is(WordClass.Ordinary | WordClass.Title) || text[index].Is(WordClass.PersonName));
    }

    private static bool HasName(TokenizedText text, int first, int last)
    {
        for (var index = first; index <= last; index++)
        {
            if (text.IsWord(index) && text[index].Length > 2 && !text[index].Is(WordClass.Clinical | WordClass.PostNominal)) return true;
        }

        return false;
    }
}
