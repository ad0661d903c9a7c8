using System.Globalization;

namespace Smi.Deid.Text.Words;

/// <summary>Reduces letters to what names are compared by: small, without accents, without apostrophes.</summary>
internal static class Folding
{
    private static readonly char[] Table = BuildTable();

    /// <summary>Writes the folded form of a word and returns its length, or -1 when the target is too short.</summary>
    public static int Fold(ReadOnlySpan<char> word, Span<char> target)
    {
        var length = 0;
        foreach (var character in word)
        {
            if (IsApostrophe(character) || IsCombining(character)) continue;
            if (length + 2 > target.Length) return -1;
            target[length++] = FoldLetter(character);
            if (SecondLetter(character) is var second and not '\0') target[length++] = second;
        }

        return length;
    }

    public static string Fold(string word)
    {
        var target = new char[word.Length * 2 + 2];
        return new string(target, 0, Fold(word, target));
    }

    /// <summary>The way a name is written where there are no umlauts: Grünwald as Gruenwald, Ørsted as Oersted.</summary>
    public static string FoldWithDigraphs(string word)
    {
        var spelled = string.Concat(word.Select(character => char.ToLowerInvariant(character) switch
        {
            'ä' or 'æ' => "ae",
            'ö' or 'ø' => "oe",
            'ü' => "ue",
            'å' => "aa",
            _ => character.ToString(),
        }));
        return Fold(spelled);
    }

    public static bool IsApostrophe(char character) => character is '\'' or '’' or '‘' or 'ʼ' or '`' or '´';

    public static bool IsCombining(char character) => CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark;

    private static char FoldLetter(char character) =>
        character < Table.Length ? Table[character] : char.ToLowerInvariant(character);

    private static char SecondLetter(char character) => character switch
    {
        'ß' => 's',
        'æ' or 'Æ' or 'œ' or 'Œ' => 'e',
        'þ' or 'Þ' => 'h',
        _ => '\0',
    };

    private static char[] BuildTable()
    {
        string[] groups =
        [
            "aàáâãäåāăąǎæ", "cçćĉċč", "dďđð", "eèéêëēĕėęěǝ", "gĝğġģǧ", "hĥħ", "iìíîïĩīĭįıǐ", "jĵ", "kķǩ", "lĺļľŀł", "nñńņňŋ",
            "oòóôõöøōŏőœơǒ", "rŕŗř", "sśŝşšșß", "tţťŧțþ", "uùúûüũūŭůűųưǔ", "wŵ", "yýÿŷ", "zźżž",
        ];
        var table = new char[0x250];
        for (var code = 0; code < table.Length; code++) table[code] = char.ToLowerInvariant((char)code);
        foreach (var group in groups)
        {
            foreach (var variant in group.Skip(1)) table[variant] = table[char.ToUpperInvariant(variant)] = group[0];
        }

        // The capital of dotless i is the ordinary I, and that of dotted İ is not reached from i.
        table['I'] = 'i';
        table['İ'] = 'i';
        table['Ÿ'] = 'y';
        return table;
    }
}
