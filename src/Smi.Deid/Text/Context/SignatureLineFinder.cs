using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Context;

/// <summary>A line that is nothing but two surnames and perhaps a role: "Evangelista / van der Woude (SpR)".</summary>
internal sealed class SignatureLineFinder : ITextFinder
{
    public void Find(TokenizedText text, SpanCollector spans)
    {
        if (text.Profile != TextProfile.Report) return;
        for (var index = 0; index < text.Count; index++)
        {
            if (text[index].LineBefore && Surname(text, index) is var first and >= 0 && text.IsSymbol(first + 1, '/') && Surname(text, first + 2) is var second and >= 0 && EndsLine(text, second + 1))
            {
                spans.Add(text, index, first, TextCategory.Name, SpanStrength.Context, "signature");
                spans.Add(text, first + 2, second, TextCategory.Name, SpanStrength.Context, "signature");
            }
        }
    }

    /// <summary>The last token of a surname with its particles that begins here, or -1.</summary>
    private static int Surname(TokenizedText text, int index)
    {
        if (!text.Exists(index)) return -1;
        var last = index;
        while (last - index < 3 && TokenizedText.IsNobiliary(text, last)) last++;
        if (!text.IsWord(last) || text[last].Case is not (LetterCase.Capitalised or LetterCase.Inner) || text[last].Length < 3) return -1;
        if (text[last].Is(WordClass.Vocabulary | WordClass.Title | WordClass.Month | WordClass.Weekday | WordClass.FacilityNoun) && !text[last].Is(WordClass.Surname)) return -1;
        while (text.IsSymbol(last + 1, '-') && text.IsWord(last + 2) && text.Glued(last + 1) && text.Glued(last + 2) && last - index < TokenizedText.Reach) last += 2;
        return last;
    }

    private static bool EndsLine(TokenizedText text, int index)
    {
        if (!text.Exists(index) || text[index].LineBefore) return true;
        if (!text.IsSymbol(index, '(') || !text.IsWord(index + 1) || !text.IsSymbol(index + 2, ')')) return false;
        return !text.Exists(index + 3) || text[index + 3].LineBefore;
    }
}
