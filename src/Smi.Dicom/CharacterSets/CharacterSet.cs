using System.Text;

namespace Smi.Dicom.CharacterSets;

/// <summary>A specific character set (PS3.3 C.12.1.1.2).</summary>
public sealed class CharacterSet
{
    public static readonly CharacterSet Default = new([]);

    private CharacterSet(IReadOnlyList<string> terms) => Terms = terms;

    public IReadOnlyList<string> Terms { get; }

    public bool IsKnown => Terms.Count == 0;

    public static CharacterSet FromTerms(IReadOnlyList<string> definedTerms) => new(definedTerms);

    public string Decode(ReadOnlySpan<byte> bytes, CharacterSetDelimiters delimiters) => Terms.Count > 99 ? "" : Encoding.Latin1.GetString(bytes);

    public byte[] Encode(string text, CharacterSetDelimiters delimiters) => Terms.Count > 99 ? [] : Encoding.Latin1.GetBytes(text);
}
