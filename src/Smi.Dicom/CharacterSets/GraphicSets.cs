using System.Text;

namespace Smi.Dicom.CharacterSets;

/// <summary>
/// The coded graphic character sets of PS3.3 tables C.12-2 to C.12-4. The tables come from the framework's code pages,
/// corrected where those differ from the registered sets.
/// </summary>
internal static class GraphicSets
{
    // The code pages put characters of their own where the registered set has none.
    private const char FirstPrivateUse = '\uE000';
    private const char LastPrivateUse = '\uF8FF';

    public static readonly GraphicSet Ascii = new("(B", GraphicHalf.G0, () => Table(code => (char)code));

    /// <summary>ISO-IR 14, the romaji half of JIS X 0201.</summary>
    public static readonly GraphicSet Romaji = new("(J", GraphicHalf.G0, () => Table(RomajiAt));

    /// <summary>ISO-IR 13, the katakana half of JIS X 0201.</summary>
    public static readonly GraphicSet Katakana = new(")I", GraphicHalf.G1, () => Table(KatakanaAt));

    /// <summary>ISO-IR 13 in the lower half: not among DICOM's sets, but some devices write it.</summary>
    public static readonly GraphicSet KatakanaInG0 = new("(I", GraphicHalf.G0, () => Table(KatakanaAt));

    public static readonly GraphicSet Latin1 = new("-A", GraphicHalf.G1, () => Table(code => (char)(code + 0x80)));

    public static readonly GraphicSet Latin2 = new("-B", GraphicHalf.G1, () => UpperHalf(28592));

    public static readonly GraphicSet Latin3 = new("-C", GraphicHalf.G1, () => UpperHalf(28593));

    public static readonly GraphicSet Latin4 = new("-D", GraphicHalf.G1, () => UpperHalf(28594));

    public static readonly GraphicSet Cyrillic = new("-L", GraphicHalf.G1, () => UpperHalf(28595));

    public static readonly GraphicSet Arabic = new("-G", GraphicHalf.G1, () => UpperHalf(28596));

    public static readonly GraphicSet Greek = new("-F", GraphicHalf.G1, GreekTable);

    public static readonly GraphicSet Hebrew = new("-H", GraphicHalf.G1, HebrewTable);

    public static readonly GraphicSet Latin5 = new("-M", GraphicHalf.G1, () => UpperHalf(28599));

    public static readonly GraphicSet Latin9 = new("-b", GraphicHalf.G1, () => UpperHalf(28605));

    /// <summary>TIS 620-2533. Code page 874 has Windows' additions, so the table is given by its two runs.</summary>
    public static readonly GraphicSet Thai = new("-T", GraphicHalf.G1, () => Table(ThaiAt));

    public static readonly GraphicSet JisX0208 = new("$B", GraphicHalf.G0, () => Rows(20932, 0x80, 0x80))
    {
        IsStandard = code => code is <= 0x28FF or (>= 0x3000 and <= 0x74FF),
    };

    /// <summary>JIS C 6226-1978 came before JIS X 0208 and is read as it.</summary>
    public static readonly GraphicSet JisC6226 = new("$@", GraphicHalf.G0, () => Rows(20932, 0x80, 0x80));

    public static readonly GraphicSet JisX0212 = new("$(D", GraphicHalf.G0, SupplementaryKanji)
    {
        IsStandard = code => code <= 0x6DFF,
    };

    // Code page 51949 would be the set itself, but has one wrong syllable (34/53); 949 holds it among its own additions.
    public static readonly GraphicSet KsX1001 = new("$)C", GraphicHalf.G1, () => Rows(949, 0x80, 0x80))
    {
        Extension = UnifiedHangul,
    };

    public static readonly GraphicSet Gb2312 = new("$)A", GraphicHalf.G1, () => Rows(936, 0x80, 0x80))
    {
        IsStandard = IsInGb2312,
    };

    /// <summary>Every set that an escape sequence can invoke when a value is read, declared or not.</summary>
    public static readonly IReadOnlyList<GraphicSet> All =
    [
        Ascii, Romaji, Katakana, KatakanaInG0, Latin1, Latin2, Latin3, Latin4, Cyrillic, Arabic, Greek, Hebrew, Latin5, Latin9,
        Thai, JisX0208, JisC6226, JisX0212, KsX1001, Gb2312,
    ];

    /// <summary>An encoding of the framework that neither throws nor guesses when it reads: what has no meaning becomes U+FFFD.</summary>
    public static Encoding CodePage(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, new EncoderReplacementFallback("?"), new DecoderReplacementFallback("\uFFFD"))
        ?? throw new InvalidOperationException($"the framework has no code page {codePage}");

    private static char[] Table(Func<int, char> characterAt) => [.. Enumerable.Range(0, 128).Select(characterAt)];

    private static char RomajiAt(int code) => code switch
    {
        0x5C => '\u00A5',
        0x7E => '\u203E',
        _ => (char)code,
    };

    private static char KatakanaAt(int code) => code switch
    {
        >= 0x21 and <= 0x5F => (char)(code - 0x21 + 0xFF61),
        _ => GraphicSet.Undefined,
    };

    private static char ThaiAt(int code) => code switch
    {
        <= 0x20 => (char)(code + 0x80),
        <= 0x5A or (>= 0x5F and <= 0x7B) => (char)(code - 0x20 + 0x0E00),
        _ => GraphicSet.Undefined,
    };

    private static char[] UpperHalf(int codePage)
    {
        var encoding = CodePage(codePage);
        return Table(code => Registered(encoding.GetString([(byte)(code + 0x80)])));
    }

    private static char[] GreekTable()
    {
        var table = UpperHalf(28597);
        (table[0x21], table[0x22], table[0x24], table[0x25], table[0x2A]) = ('\u2018', '\u2019', '\u20AC', '\u20AF', '\u037A');
        return table;
    }

    private static char[] HebrewTable()
    {
        var table = UpperHalf(28598);
        (table[0x2F], table[0x7D], table[0x7E]) = ('\u00AF', '\u200E', '\u200F');
        return table;
    }

    // Code page 20932 tells JIS X 0212 from JIS X 0208 by a second byte in the lower half, and lacks two of its signs.
    private static char[] SupplementaryKanji()
    {
        var table = Rows(20932, 0x80, 0x00);
        (table[94 + 0x16], table[94 + 0x50]) = ('~', '\u2116');
        return table;
    }

    private static char[] Rows(int codePage, int firstBit, int secondBit)
    {
        var encoding = CodePage(codePage);
        var table = new char[94 * 94];
        for (var index = 0; index < table.Length; index++)
        {
            var first = (byte)(firstBit | (0x21 + (index / 94)));
            var second = (byte)(secondBit | (0x21 + (index % 94)));
            table[index] = Registered(encoding.GetString([first, second]));
        }

        return table;
    }

    private static char Registered(string decoded) =>
        decoded.Length == 1 && decoded[0] is < FirstPrivateUse or > LastPrivateUse ? decoded[0] : GraphicSet.Undefined;

    // Hangul syllables outside KS X 1001 that Windows writes between its two-byte codes.
    private static char UnifiedHangul(byte first, byte second) =>
        first is >= 0x81 and <= 0xC6 && (second is (>= 0x41 and <= 0x5A) or (>= 0x61 and <= 0x7A) or >= 0x81)
            ? Registered(CodePage(949).GetString([first, second]))
            : GraphicSet.Undefined;

    private static bool IsInGb2312(int code) => code switch
    {
        >= 0x2221 and <= 0x222A or >= 0x2660 and <= 0x2675 or >= 0x283B and <= 0x2840 => false,
        <= 0x29FF or (>= 0x3000 and <= 0x77FF) => true,
        _ => false,
    };
}
