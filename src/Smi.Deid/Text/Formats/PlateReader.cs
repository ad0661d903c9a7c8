using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>Registration plates that their form alone gives away: British (KX11 ZPD), Irish (11-D-4471) and German ones (WX-PM 490).</summary>
internal static class PlateReader
{
    /// <summary>The last token of a plate that begins at a token, or -1.</summary>
    public static int End(TokenizedText text, int index)
    {
        if (text[index].Kind == TokenKind.Mixed) return IsBritish(text, index) ? index + 1 : -1;
        if (text.IsNumber(index)) return IsIrish(text, index) ? index + 4 : -1;
        return text.IsWord(index) && IsGerman(text, index) ? index + 3 : -1;
    }

    private static bool IsBritish(TokenizedText text, int index)
    {
        var raw = text.Raw(index);
        return raw.Length == 4 && char.IsAsciiLetterUpper(raw[0]) && char.IsAsciiLetterUpper(raw[1]) && char.IsAsciiDigit(raw[2]) && char.IsAsciiDigit(raw[3]) && IsLetters(text, index + 1, 3, 3) && !text[index + 1].LineBefore;
    }

    private static bool IsIrish(TokenizedText text, int index) =>
        text[index].Length is 2 or 3 && IsTightHyphen(text, index + 1) && IsLetters(text, index + 2, 1, 2) && IsTightHyphen(text, index + 3) && text.IsNumber(index + 4) && text[index + 4].Length is >= 3 and <= 6;

    private static bool IsGerman(TokenizedText text, int index) =>
        IsLetters(text, index, 1, 3) && !text[index].Is(WordClass.Clinical | WordClass.Unit) && IsTightHyphen(text, index + 1) && IsLetters(text, index + 2, 1, 2) && text.IsNumber(index + 3) && text[index + 3].Length is 3 or 4
        && !text[index + 3].LineBefore && !text.Is(index + 4, WordClass.Unit);

    private static bool IsTightHyphen(TokenizedText text, int index) => text.IsSymbol(index, '-') && text.Glued(index) && text.Glued(index + 1);

    private static bool IsLetters(TokenizedText text, int index, int fewest, int most)
    {
        if (!text.IsWord(index) || text[index].Length < fewest || text[index].Length > most) return false;
        foreach (var letter in text.Raw(index))
        {
            if (!char.IsAsciiLetterUpper(letter)) return false;
        }

        return true;
    }
}
