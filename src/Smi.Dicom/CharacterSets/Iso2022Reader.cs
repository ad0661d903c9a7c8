namespace Smi.Dicom.CharacterSets;

/// <summary>
/// Walks over text with ISO 2022 code extensions, a character at a time, keeping the sets that are active in G0 and G1
/// (PS3.5 6.1.2.5). Control characters and delimiters bring back the sets of value 1.
/// </summary>
internal ref struct Iso2022Reader(Iso2022Repertoire repertoire, ReadOnlySpan<byte> bytes, CharacterSetDelimiters delimiters)
{
    public const byte Escape = 0x1B;
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private GraphicSet lower = repertoire.InitialG0;
    private GraphicSet upper = repertoire.InitialG1;

    /// <summary>Offset of the next byte to be read.</summary>
    public int Position { get; private set; }

    public char Character { get; private set; }

    /// <summary>True when the character is a delimiter of the value and not a part of its text.</summary>
    public bool IsDelimiter { get; private set; }

    public bool Read()
    {
        IsDelimiter = false;
        while (Position < bytes.Length)
        {
            var code = bytes[Position];
            if (code == Escape)
            {
                if (!ReadEscape())
                {
                    return true;
                }
            }
            else
            {
                ReadCharacter(code);
                return true;
            }
        }

        return false;
    }

    private void ReadCharacter(byte code)
    {
        IsDelimiter = !lower.IsDoubleByte && Iso2022Repertoire.IsDelimiter(code, delimiters);
        if (IsDelimiter || code < 0x20)
        {
            (lower, upper) = (repertoire.InitialG0, repertoire.InitialG1);
            Character = (char)code;
            Position++;
            return;
        }

        var set = code < 0x80 ? lower : upper;
        Position += set.Decode(bytes[Position..], out var character);
        Character = character;
    }

    /// <summary>False when the sequence is none that is known: the character is then U+FFFD and nothing is invoked.</summary>
    private bool ReadEscape()
    {
        var rest = bytes[Position..];
        foreach (var set in GraphicSets.All)
        {
            if (rest.StartsWith(set.Escape))
            {
                (lower, upper) = set.Half == GraphicHalf.G0 ? (set, upper) : (lower, set);
                Position += set.Escape.Length;
                return true;
            }
        }

        Position++;
        Character = GraphicSet.Undefined;
        return false;
    }
}
