using System.Collections.Frozen;
using System.Globalization;

namespace Smi.Dicom.CharacterSets;

/// <summary>Reads the values of Specific Character Set (0008,0005), also as devices misspell them.</summary>
internal static class DefinedTerms
{
    private static readonly FrozenDictionary<int, GraphicSet[]> SetsByRegistration = new Dictionary<int, GraphicSet[]>
    {
        [6] = [GraphicSets.Ascii],
        [13] = [GraphicSets.Romaji, GraphicSets.Katakana],
        [58] = [GraphicSets.Gb2312],
        [87] = [GraphicSets.JisX0208],
        [100] = [GraphicSets.Ascii, GraphicSets.Latin1],
        [101] = [GraphicSets.Ascii, GraphicSets.Latin2],
        [109] = [GraphicSets.Ascii, GraphicSets.Latin3],
        [110] = [GraphicSets.Ascii, GraphicSets.Latin4],
        [126] = [GraphicSets.Ascii, GraphicSets.Greek],
        [127] = [GraphicSets.Ascii, GraphicSets.Arabic],
        [138] = [GraphicSets.Ascii, GraphicSets.Hebrew],
        [144] = [GraphicSets.Ascii, GraphicSets.Cyrillic],
        [148] = [GraphicSets.Ascii, GraphicSets.Latin5],
        [149] = [GraphicSets.KsX1001],
        [159] = [GraphicSets.JisX0212],
        [166] = [GraphicSets.Ascii, GraphicSets.Thai],
        [203] = [GraphicSets.Ascii, GraphicSets.Latin9],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, int> RegistrationByPart = new Dictionary<int, int>
    {
        [1] = 100,
        [2] = 101,
        [3] = 109,
        [4] = 110,
        [5] = 144,
        [6] = 127,
        [7] = 126,
        [8] = 138,
        [9] = 148,
        [11] = 166,
        [15] = 203,
    }.ToFrozenDictionary();

    /// <summary>The sets of one term; an empty value is ISO 646. Null when the term is not known.</summary>
    public static IReadOnlyList<GraphicSet>? FindSets(string term)
    {
        var name = Fold(term);
        return IsEmpty(term) || name is "ASCII" or "USASCII" or "ISO646"
            ? SetsByRegistration[6]
            : SetsByRegistration.GetValueOrDefault(FindRegistration(name));
    }

    /// <summary>True for a value of padding only.</summary>
    public static bool IsEmpty(string term) => term.AsSpan().Trim(" \0").IsEmpty;

    /// <summary>The encoding of a term that stands alone; null for every other.</summary>
    public static IRepertoire? FindStandAlone(string term)
    {
        var name = Fold(term);
        return FindRegistration(name) == 192 || name is "UTF8" ? EncodingRepertoire.Utf8
            : name is "GB18030" or "ISO2022GB18030" ? EncodingRepertoire.Gb18030
            : name is "GBK" or "ISO2022GBK" or "GB2312" ? EncodingRepertoire.Gbk
            : null;
    }

    // "ISO_IR 100", "ISO-IR_100", "iso ir 100", "ISO 2022 IR 100", "ISO 2022-100" and "ISO_IR100 " differ in punctuation only.
    private static string Fold(string term) =>
        string.Concat(term.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant));

    private static int FindRegistration(string name)
    {
        var rest = Without(name, "ISO");
        if (rest.StartsWith("8859", StringComparison.Ordinal))
        {
            return RegistrationByPart.GetValueOrDefault(Number(rest[4..]));
        }

        return Number(Without(Without(Without(rest, "IR"), "2022"), "IR"));
    }

    private static string Without(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;

    private static int Number(string digits) =>
        digits.Length <= 3 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
