namespace Smi.Dicom.CharacterSets;

/// <summary>
/// One coded graphic character set of ISO 2022: 94 or 96 characters of one byte or 94 × 94 of two, invoked in the lower
/// (G0) or the upper (G1) half of the code table by its escape sequence.
/// </summary>
internal sealed class GraphicSet
{
    public const char Undefined = '\uFFFD';
    private readonly Lazy<char[]> characters;
    private readonly Lazy<Dictionary<char, ushort>> codes;

    /// <param name="escape">What follows the ESC byte.</param>
    /// <param name="half">Where the escape sequence puts the set.</param>
    /// <param name="characters">128 characters, or 94 rows of 94; U+FFFD where there is none.</param>
    public GraphicSet(string escape, GraphicHalf half, Func<char[]> characters)
    {
        Escape = [0x1B, .. escape.Select(character => (byte)character)];
        Half = half;
        this.characters = new Lazy<char[]>(characters);
        codes = new Lazy<Dictionary<char, ushort>>(ReverseTable);
    }

    /// <summary>The whole escape sequence, ESC included.</summary>
    public byte[] Escape { get; }

    public GraphicHalf Half { get; }

    public bool IsDoubleByte => Escape[1] == '$';

    /// <summary>False for the codes (bytes in the lower half) that are read but not written: additions of vendors.</summary>
    public Func<int, bool> IsStandard { get; init; } = _ => true;

    /// <summary>Reads pairs that are not in the table but are met in practice.</summary>
    public Func<byte, byte, char> Extension { get; init; } = (_, _) => Undefined;

    /// <summary>Reads the character at the start of <paramref name="bytes"/> and says how many bytes it took.</summary>
    public int Decode(ReadOnlySpan<byte> bytes, out char character)
    {
        var first = bytes[0];
        if (first is 0x20 or 0x7F)
        {
            character = (char)first;
            return 1;
        }

        if (IsDoubleByte)
        {
            return DecodePair(bytes, out character);
        }

        character = characters.Value[first & 0x7F];
        return 1;
    }

    /// <summary>The code of a character as one byte or two (first byte high); false when the set has no such character.</summary>
    public bool TryEncode(char character, out ushort code) => codes.Value.TryGetValue(character, out code);

    private int DecodePair(ReadOnlySpan<byte> bytes, out char character)
    {
        character = Undefined;
        if (bytes.Length < 2)
        {
            return 1;
        }

        var first = bytes[0];
        var isPair = IsPair(first, bytes[1]);
        character = isPair ? characters.Value[Index(first, bytes[1])] : Undefined;
        if (character == Undefined)
        {
            character = Extension(first, bytes[1]);
        }

        return isPair || character != Undefined ? 2 : 1;
    }

    private static bool IsPair(byte first, byte second) =>
        ((first ^ second) & 0x80) == 0 && (first & 0x7F) is >= 0x21 and <= 0x7E && (second & 0x7F) is >= 0x21 and <= 0x7E;

    private static int Index(byte first, byte second) => (((first & 0x7F) - 0x21) * 94) + (second & 0x7F) - 0x21;

    private Dictionary<char, ushort> ReverseTable()
    {
        var table = new Dictionary<char, ushort>();
        for (var index = 0; index < characters.Value.Length; index++)
        {
            var code = CodeAt(index);
            if (characters.Value[index] != Undefined && IsStandard(code & 0x7F7F))
            {
                table.TryAdd(characters.Value[index], code);
            }
        }

        return table;
    }

    private ushort CodeAt(int index)
    {
        var high = Half == GraphicHalf.G1 ? 0x80 : 0;
        return IsDoubleByte
            ? (ushort)(((high + 0x21 + (index / 94)) << 8) | (high + 0x21 + (index % 94)))
            : (ushort)(high + index);
    }
}
