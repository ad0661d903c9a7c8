namespace Smi.Deid.Text.Tokens;

/// <summary>Decides for each sentence or line whether its capitals mean anything.</summary>
internal static class SegmentStyles
{
    private const int LongWord = 4;

    public static SegmentStyle[] Of(string text, Token[] tokens, int segments)
    {
        var words = new int[segments];
        var upper = new int[segments];
        var longWords = new int[segments];
        var capitalised = new int[segments];
        foreach (var token in tokens)
        {
            if (token.Kind != TokenKind.Word || token.Length < 2) continue;
            words[token.Segment]++;
            if (token.Case == LetterCase.Upper || IsUpperWithMarks(text, token)) upper[token.Segment]++;
            if (token.Length < LongWord) continue;
            longWords[token.Segment]++;
            if (token.Case is LetterCase.Capitalised or LetterCase.Inner) capitalised[token.Segment]++;
        }

        var styles = new SegmentStyle[segments];
        for (var segment = 0; segment < segments; segment++)
        {
            if (words[segment] > 0 && upper[segment] * 10 >= words[segment] * 7) styles[segment] = SegmentStyle.Upper;
            else if (longWords[segment] >= 3 && capitalised[segment] * 10 >= longWords[segment] * 9) styles[segment] = SegmentStyle.Title;
        }

        return styles;
    }

    /// <summary>O'DONOGHUE and MACGILLIVRAY'S are in capitals although not every character is one.</summary>
    private static bool IsUpperWithMarks(string text, Token token)
    {
        foreach (var character in text.AsSpan(token.Start, token.Length))
        {
            if (char.IsLower(character)) return false;
        }

        return true;
    }
}
