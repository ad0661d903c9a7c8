using System.Buffers;
using System.Text;

namespace Smi.Dicom.CharacterSets;

/// <summary>
/// The defined terms that are built from graphic sets: one single-byte set without code extensions, or several sets
/// between which escape sequences switch (PS3.3 tables C.12-2 to C.12-4).
/// </summary>
internal sealed class Iso2022Repertoire : IRepertoire
{
    private const int LargestStackBuffer = 256;

    /// <param name="terms">The sets of each defined term, in the order of the attribute's values.</param>
    public Iso2022Repertoire(IReadOnlyList<IReadOnlyList<GraphicSet>> terms)
    {
        var first = terms.Count > 0 ? terms[0] : [];
        Declared = [.. terms.SelectMany(sets => sets).Distinct()];
        InitialG0 = first.FirstOrDefault(set => set.Half == GraphicHalf.G0 && !set.IsDoubleByte) ?? GraphicSets.Ascii;
        WritableG1 = first.FirstOrDefault(set => set.Half == GraphicHalf.G1 && !set.IsDoubleByte);
        InitialG1 = Declared.FirstOrDefault(set => set.Half == GraphicHalf.G1) ?? GraphicSets.Latin1;
        HasCodeExtensions = terms.Count > 1 || Declared.Any(set => set.IsDoubleByte);
    }

    public IReadOnlyList<GraphicSet> Declared { get; }

    public GraphicSet InitialG0 { get; }

    /// <summary>
    /// G1 as it is read before any escape sequence. Where value 1 leaves G1 empty no byte above 7F is conformant there, and
    /// the first declared set, or Latin-1, keeps the text of files whose escape sequences were left out.
    /// </summary>
    public GraphicSet InitialG1 { get; }

    /// <summary>G1 as value 1 declares it; null when nothing may be written to it without an escape sequence.</summary>
    public GraphicSet? WritableG1 { get; }

    public bool HasCodeExtensions { get; }

    public static bool IsDelimiter(int code, CharacterSetDelimiters delimiters) => delimiters switch
    {
        CharacterSetDelimiters.PersonName => code is '\\' or '^' or '=',
        CharacterSetDelimiters.Values => code is '\\',
        _ => false,
    };

    public string Decode(ReadOnlySpan<byte> bytes, CharacterSetDelimiters delimiters)
    {
        if (bytes.IsEmpty)
        {
            return string.Empty;
        }

        if (IsLatin1(bytes))
        {
            return Encoding.Latin1.GetString(bytes);
        }

        // Each set here has at least one byte per character and no character outside the BMP.
        var rented = bytes.Length > LargestStackBuffer ? ArrayPool<char>.Shared.Rent(bytes.Length) : null;
        var characters = rented ?? stackalloc char[LargestStackBuffer];
        var length = 0;
        var reader = new Iso2022Reader(this, bytes, delimiters);
        while (reader.Read())
        {
            characters[length++] = reader.Character;
        }

        var text = new string(characters[..length]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented, clearArray: true);
        }

        return text;
    }

    public bool Encode(string text, CharacterSetDelimiters delimiters, IBufferWriter<byte> target) =>
        new Iso2022Writer(this, delimiters, target).Write(text);

    public int FindEndOfValue(ReadOnlySpan<byte> bytes, int start)
    {
        var rest = bytes[start..];
        if (!rest.Contains(Iso2022Reader.Escape))
        {
            var backslash = rest.IndexOf((byte)'\\');
            return backslash < 0 ? bytes.Length : start + backslash;
        }

        var reader = new Iso2022Reader(this, rest, CharacterSetDelimiters.Values);
        while (reader.Read())
        {
            if (reader.IsDelimiter)
            {
                return start + reader.Position - 1;
            }
        }

        return bytes.Length;
    }

    private bool IsLatin1(ReadOnlySpan<byte> bytes) =>
        InitialG0 == GraphicSets.Ascii
        && (InitialG1 == GraphicSets.Latin1 || Ascii.IsValid(bytes))
        && !bytes.Contains(Iso2022Reader.Escape);
}
