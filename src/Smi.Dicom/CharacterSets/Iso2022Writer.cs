using System.Buffers;

namespace Smi.Dicom.CharacterSets;

/// <summary>
/// Writes one text with the sets of a repertoire, with escape sequences where more than one is declared. The sets of value 1
/// are active again before control characters, delimiters and the end (PS3.5 6.1.2.5.3).
/// </summary>
internal sealed class Iso2022Writer(Iso2022Repertoire repertoire, CharacterSetDelimiters delimiters, IBufferWriter<byte> target)
{
    private GraphicSet lower = repertoire.InitialG0;
    private GraphicSet? upper = repertoire.WritableG1;

    /// <summary>False when a character could not be represented; a <c>?</c> stands for it.</summary>
    public bool Write(string text)
    {
        var isComplete = true;
        foreach (var rune in text.EnumerateRunes())
        {
            isComplete &= Write(rune.IsBmp ? (char)rune.Value : GraphicSet.Undefined);
        }

        Reset();
        return isComplete;
    }

    private bool Write(char character)
    {
        if (character < 0x20 || Iso2022Repertoire.IsDelimiter(character, delimiters))
        {
            // An ESC of the text itself would be read as the start of an escape sequence.
            var isWritable = character != Iso2022Reader.Escape;
            Reset();
            Put(isWritable ? character : '?');
            return isWritable;
        }

        if (FindSet(character, out var code) is { } set)
        {
            Invoke(set);
            Put(code);
            return true;
        }

        Invoke(repertoire.InitialG0);
        Put('?');
        return false;
    }

    private GraphicSet? FindSet(char character, out ushort code)
    {
        if (CanWrite(lower, character, out code))
        {
            return lower;
        }

        if (upper is not null && CanWrite(upper, character, out code))
        {
            return upper;
        }

        if (CanWrite(repertoire.InitialG0, character, out code))
        {
            return repertoire.InitialG0;
        }

        foreach (var set in repertoire.HasCodeExtensions ? repertoire.Declared : [])
        {
            if (CanWrite(set, character, out code))
            {
                return set;
            }
        }

        return null;
    }

    // ISO-IR 14 has the yen sign at the code of the backslash: as a value delimiter the code means something else.
    private bool CanWrite(GraphicSet set, char character, out ushort code) =>
        set.TryEncode(character, out code) && !Iso2022Repertoire.IsDelimiter(code, delimiters);

    private void Reset()
    {
        Invoke(repertoire.InitialG0);
        if (repertoire.WritableG1 is { } set)
        {
            Invoke(set);
        }

        upper = repertoire.WritableG1;
    }

    private void Invoke(GraphicSet set)
    {
        if (set == lower || set == upper)
        {
            return;
        }

        (lower, upper) = set.Half == GraphicHalf.G0 ? (set, upper) : (lower, set);
        target.Write(set.Escape);
    }

    private void Put(int code)
    {
        Span<byte> bytes = code > 0xFF ? [(byte)(code >> 8), (byte)code] : [(byte)code];
        target.Write(bytes);
    }
}
