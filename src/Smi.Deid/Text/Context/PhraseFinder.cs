using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>What follows a label or a telling phrase: names, numbers, addresses, places.</summary>
internal sealed class PhraseFinder : ITextFinder
{
    private const int SignatureLines = 4;
    private readonly PhraseTable phrases;

    public PhraseFinder(PhraseTable phrases) => this.phrases = phrases;

    public void Find(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            if (!text.IsWord(index)) continue;
            foreach (var (kind, next) in phrases.At(text, index)) FindAfter(text, index, next, kind, spans);
        }
    }

    private void FindAfter(TokenizedText text, int phrase, int next, PhraseKind kind, SpanCollector spans)
    {
        switch (kind)
        {
            case PhraseKind.NameLabel: FindLabelled(text, phrase, next, spans); break;
            case PhraseKind.NameCue: FindCued(text, next, spans); break;
            case PhraseKind.Signature when text[phrase].SentenceStart: FindSignature(text, next, spans); break;
            case PhraseKind.IdLabel: LabelledNumbers.FindId(text, next, TextCategory.Id, spans); break;
            case PhraseKind.DeviceLabel: LabelledNumbers.FindId(text, next, TextCategory.Device, spans); break;
            case PhraseKind.PhoneLabel: LabelledNumbers.FindPhone(text, next, spans); break;
            case PhraseKind.DateLabel: LabelledNumbers.FindDate(text, next, spans); break;
            case PhraseKind.AgeLabel: LabelledNumbers.FindAge(text, next, spans); break;
            case PhraseKind.AddressLabel when text.IsSymbol(next, ':'): PlaceReader.FindAddressLine(text, next + 1, phrases, spans); break;
            case PhraseKind.AddressCue: PlaceReader.FindAddress(text, next, spans); break;
            case PhraseKind.PlaceCue: PlaceReader.FindPlace(text, next, TextCategory.Place, spans); break;
            case PhraseKind.FacilityCue: PlaceReader.FindPlace(text, next, TextCategory.Facility, spans); break;
            case PhraseKind.FacilityLabel when text.IsSymbol(next, ':'): PlaceReader.FindFacilityLine(text, next + 1, phrases, spans); break;
            case PhraseKind.Place: FindNamed(text, phrase, next, TextCategory.Place, spans); break;
            case PhraseKind.Facility: FindNamed(text, phrase, next, TextCategory.Facility, spans); break;
            default: break;
        }
    }

    private static void FindNamed(TokenizedText text, int first, int next, TextCategory category, SpanCollector spans)
    {
        if (next == first + 1 && ClinicalGuard.IsNameOfTerm(text, first)) return;
        if (text[first].Case != LetterCase.Lower) spans.Add(text, first, next - 1, category, SpanStrength.Dictionary, "dictionary of places");
    }

    /// <summary>A form: label, colon, names to the end of the line or the next label. The label may stand alone on the line above.</summary>
    private void FindLabelled(TokenizedText text, int phrase, int next, SpanCollector spans)
    {
        var first = next;
        while (text.IsSymbol(first, ':') || text.IsSymbol(first, '=') || text.IsSymbol(first, '(') && text.IsSymbol(first + 2, ')')) first += text.IsSymbol(first, '(') ? 3 : 1;
        if (!text.Exists(first)) return;
        var alone = text[phrase].LineBefore && text[first].LineBefore;
        var shouted = first == next && text[phrase].LineBefore && text[phrase].Case == LetterCase.Upper && text.IsWord(first) && !text[first].LineBefore && text[first].Case == LetterCase.Upper && text[first].Length > 2 && !text[first].Is(WordClass.Ordinary);
        if (first == next && !alone && !shouted) return;
        var line = first;
        while (text.Exists(first) && (first == line || !text[first].SentenceStart))
        {
            if (first > line && phrases.IsLabelAt(text, first)) return;
            if (first > line && phrases.At(text, first).FirstOrDefault(found => found.Kind is PhraseKind.DateLabel or PhraseKind.IdLabel or PhraseKind.PhoneLabel) is { Next: > 0 } other)
            {
                first = other.Next;
                continue;
            }

            first = FindOneLabelled(text, first, first == line, spans);
        }
    }

    private static int FindOneLabelled(TokenizedText text, int first, bool start, SpanCollector spans)
    {
        var name = NameReader.SkipTitles(text, first);
        var last = text.Exists(name) ? NameReader.Read(text, name, certain: start) : -1;
        if (last < 0) return first + 1;
        spans.Add(text, name, last, TextCategory.Name, SpanStrength.Context, "name label");
        return last + 1;
    }

    /// <summary>"seen by", "daughter", "radiographer": one name, or several joined by and, comma or slash.</summary>
    private static void FindCued(TokenizedText text, int next, SpanCollector spans)
    {
        var first = SkipToName(text, next);
        var certain = first > next && text.IsSymbol(first - 1, ':');
        while (text.Exists(first) && (!text[first].LineBefore || first == next))
        {
            var name = NameReader.SkipTitles(text, first);
            certain &= name == first || !TitleFinder.IsModalityOrDisease(text, first);
            var titled = name > first && !TitleFinder.IsModalityOrDisease(text, first);
            var last = text.Exists(name) && (!text[name].LineBefore || (name == next && text[next - 1].Case == LetterCase.Lower && TitleFinder.IsWrapped(text, name))) ? NameReader.Read(text, name, certain || titled) : -1;
            if (last < 0) return;
            if (!IsLikely(text, name, last)) return;
            spans.Add(text, name, last, TextCategory.Name, SpanStrength.Context, "name cue");
            first = NextInList(text, last);
            certain = false;
        }
    }

    private static int SkipToName(TokenizedText text, int index)
    {
        var latest = index + TokenizedText.Reach;
        while (index < latest && (text.IsSymbol(index, ':') || text.IsSymbol(index, ',') || text.IsSymbol(index, '(') || text.IsSymbol(index, '-') || text.IsSymbol(index, '–')
            || text.IsSymbol(index, '.') && text.Glued(index) && !text.Is(index + 1, WordClass.Function) && text.Exists(index + 1) && !text[index + 1].SentenceStart
            || text.Equals(index, "called") || text.Equals(index, "named") || text.Equals(index, "is")))
        {
            index++;
        }

        return index;
    }

    /// <summary>In title case or capitals a cue says too little about a word that is no known name but an English one.</summary>
    private static bool IsLikely(TokenizedText text, int first, int last)
    {
        if (first != last || !text.IsWord(first)) return true;
        return text[first].Length > 1 && !(text[first].Case == LetterCase.Upper && !text.InCapitals(first) && text[first].Length <= 3);
    }

    private static int NextInList(TokenizedText text, int last)
    {
        var next = last + 1;
        if (text.IsSymbol(next, ',') || text.IsSymbol(next, '/') || text.IsSymbol(next, '&') || text.IsSymbol(next, ';') || text.Equals(next, "and"))
        {
            if (text.IsWord(next + 1) && (text[next + 1].Is(WordClass.Title) || !text[next + 1].Is(WordClass.Ordinary))) return next + 1;
        }

        return int.MaxValue;
    }

    /// <summary>The name on the same line, or those on the lines below.</summary>
    private void FindSignature(TokenizedText text, int next, SpanCollector spans)
    {
        var index = next;
        while (text.IsSymbol(index, ',') || text.IsSymbol(index, ':') || text.IsSymbol(index, '.')) index++;
        var lines = text.Exists(index) && text[index].LineBefore ? SignatureLines : 1;
        for (var line = 0; line < lines && text.Exists(index); line++)
        {
            if (line > 0 && phrases.At(text, index).Any(phrase => phrase.Kind == PhraseKind.Signature)) return;
            var name = NameReader.SkipTitles(text, index);
            var last = text.Exists(name) ? NameReader.Read(text, name, certain: true) : -1;
            if (last >= 0 && !ClinicalGuard.IsTermAt(text, name) && !text.IsSymbol(last + 1, ':') && (name > index || !text[name].Is(WordClass.Ordinary) || text[name].Is(WordClass.PersonName))) spans.Add(text, name, last, TextCategory.Name, SpanStrength.Context, "signature");
            do index++;
            while (text.Exists(index) && !text[index].LineBefore);
        }
    }
}
