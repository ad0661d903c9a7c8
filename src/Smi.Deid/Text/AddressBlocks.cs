using Smi.Deid.Text.Formats;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text;

/// <summary>Towns that stand where letterheads and addresses have them: alone on the line below a street or an institution, or behind one at the end of its line.</summary>
internal static class AddressBlocks
{
    private const WordClass Known = WordClass.Vocabulary | WordClass.Unit | WordClass.Nationality | WordClass.Placeholder | WordClass.Eponym | WordClass.Title | WordClass.PersonVerb | WordClass.FacilityNoun;

    public static void Find(TokenizedText text, SpanCollector spans)
    {
        var ends = spans.All.Where(found => found.Span.Category is TextCategory.Address or TextCategory.Facility).Select(found => found.Span.End).Order().ToList();
        var index = 0;
        foreach (var end in ends)
        {
            while (text.Exists(index) && text[index].End < end) index++;
            if (text.Exists(index) && text[index].End == end) FindBehind(text, index, spans);
        }
    }

    private static void FindBehind(TokenizedText text, int last, SpanCollector spans)
    {
        var comma = text.IsSymbol(last + 1, ',');
        var first = comma ? last + 2 : last + 1;
        var apart = text.Exists(first) && !comma && !text[first].LineBefore && text[first].Start > text[last].End + 1;
        if (!text.Exists(first) || (!comma && !apart && !text[first].LineBefore)) return;
        if (text.IsNumber(first) && text[first].Length is 4 or 5) first++;
        var town = AddressTail.Town(text, first);
        if (town < first || text[town].Length < 3 || !HasUnknown(text, first, town)) return;
        var end = AddressTail.PostcodeEnd(text, town);
        // Alone on its line, but for a full stop.
        var next = text.IsSymbol(end + 1, '.') || text.IsSymbol(end + 1, ',') ? end + 2 : end + 1;
        if (text.Exists(next) && !text[next].LineBefore && text[next].Kind != TokenKind.Mixed && !text[next].Is(WordClass.State) && !(comma && text.IsSymbol(end + 1, '.') && text[next].SentenceStart)) return;
        spans.Add(text, first, end, TextCategory.Place, SpanStrength.Dictionary, "address block");
    }

    private static bool HasUnknown(TokenizedText text, int first, int last)
    {
        for (var index = first; index <= last; index++)
        {
            if (text.IsWord(index) && text[index].Length > 2 && !text[index].Is(Known)) return true;
        }

        return false;
    }
}
