using System.Buffers;

namespace Smi.Dicom.CharacterSets;

/// <summary>What a Specific Character Set makes of bytes and of text. No member throws, whatever the bytes are.</summary>
internal interface IRepertoire
{
    /// <summary>Bytes without a meaning become U+FFFD.</summary>
    string Decode(ReadOnlySpan<byte> bytes, CharacterSetDelimiters delimiters);

    /// <summary>Writes <c>?</c> for each character that cannot be represented; false when there was one.</summary>
    bool Encode(string text, CharacterSetDelimiters delimiters, IBufferWriter<byte> target);

    /// <summary>Where the value that starts at <paramref name="start"/> ends: at a backslash that is a character of its own, or the end.</summary>
    int FindEndOfValue(ReadOnlySpan<byte> bytes, int start);
}
