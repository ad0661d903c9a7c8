using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Formats;

/// <summary>What follows a street: "…, 37122 Brackness", "…, Upper Glasby 9376".</summary>
internal static class AddressTail
{
    private const int MostWords = 4;

    private const WordClass NoTown = WordClass.Function | WordClass.Clinical | WordClass.Title | WordClass.PersonVerb | WordClass.Month | WordClass.Weekday | WordClass.Placeholder;

    /// <summary>The last token of the town and postcode behind an address, or the last of the address.</summary>
    public static int End(TokenizedText text, int last)
    {
        var comma = text.IsSymbol(last + 1, ',');
        var next = comma ? last + 2 : last + 1;
        if (!text.Exists(next) || (text[next].LineBefore && !comma)) return last;
        var first = IsPostcode(text, next) ? next + 1 : next;
        if (!comma && first == next) return last;
        var town = Town(text, first);
        if (town < first) return last;
        return PostcodeEnd(text, town);
    }

    /// <summary>The last token of a postcode of digits behind a town (9376, 37122, 695 003), or the town's.</summary>
    public static int PostcodeEnd(TokenizedText text, int town)
    {
        var behind = text.IsSymbol(town + 1, ',') ? town + 2 : town + 1;
        if (!text.Exists(behind) || text[behind].LineBefore) return town;
        if (IsPostcode(text, behind)) return behind;
        return text.IsNumber(behind) && text[behind].Length == 3 && text.IsNumber(behind + 1) && text[behind + 1].Length == 3 && !text[behind + 1].LineBefore ? behind + 1 : town;
    }

    /// <summary>Up to four words with capitals, joined by blanks, hyphens or "on", "le" and the like between hyphens.</summary>
    public static int Town(TokenizedText text, int first)
    {
        var last = first - 1;
        var index = first;
        for (var words = 0; words < MostWords && text.IsWord(index) && (index == first || !text[index].LineBefore); words++)
        {
            if (text[index].Case is LetterCase.Lower or LetterCase.None || text[index].Length < 2 || (text[index].Is(NoTown) && !text[index].Is(WordClass.FacilityGeneric))) break;
            last = index;
            while (text.IsSymbol(last + 1, '-') && text.Glued(last + 1) && text.IsWord(last + 2) && text.Glued(last + 2)) last += 2;
            index = last + 1;
        }

        return last;
    }

    private static bool IsPostcode(TokenizedText text, int index) => text.IsNumber(index) && text[index].Length is >= 4 and <= 6 && !text.Is(index + 1, WordClass.Unit);
}
