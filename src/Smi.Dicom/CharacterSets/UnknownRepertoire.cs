using System.Buffers;
using System.Text.Unicode;

namespace Smi.Dicom.CharacterSets;

/// <summary>
/// For a Specific Character Set that names nothing known: escape sequences are followed, else UTF-8 is read where the bytes are
/// valid UTF-8, else Latin-1, which loses no byte. Only ASCII is written.
/// </summary>
internal sealed class UnknownRepertoire : IRepertoire
{
    private static readonly Iso2022Repertoire Extended = new([]);

    public string Decode(ReadOnlySpan<byte> bytes, CharacterSetDelimiters delimiters) =>
        For(bytes).Decode(bytes, delimiters);

    public bool Encode(string text, CharacterSetDelimiters delimiters, IBufferWriter<byte> target) =>
        Extended.Encode(text, delimiters, target);

    public int FindEndOfValue(ReadOnlySpan<byte> bytes, int start) => For(bytes).FindEndOfValue(bytes, start);

    private static IRepertoire For(ReadOnlySpan<byte> bytes) =>
        !bytes.Contains(Iso2022Reader.Escape) && Utf8.IsValid(bytes) ? EncodingRepertoire.Utf8 : Extended;
}
