using System.Buffers;
using System.Text;

namespace Smi.Dicom.CharacterSets;

/// <summary>The terms that stand alone: UTF-8, GB 18030 and GBK. Escape sequences have no meaning in them.</summary>
internal sealed class EncodingRepertoire : IRepertoire
{
    // Code page 936 gives the byte FF, which GBK leaves free, this character.
    private const char FreeByte = '\uF8F5';
    private readonly Encoding encoding;
    private readonly bool hasTrailBytesBelow80;

    private EncodingRepertoire(Encoding encoding, bool hasTrailBytesBelow80)
    {
        this.encoding = encoding;
        this.hasTrailBytesBelow80 = hasTrailBytesBelow80;
    }

    public static EncodingRepertoire Utf8 { get; } = new(
        Encoding.GetEncoding(65001, new EncoderReplacementFallback("?"), new DecoderReplacementFallback("\uFFFD")), false);

    public static EncodingRepertoire Gb18030 { get; } = new(GraphicSets.CodePage(54936), true);

    public static EncodingRepertoire Gbk { get; } = new(GraphicSets.CodePage(936), true);

    public string Decode(ReadOnlySpan<byte> bytes, CharacterSetDelimiters delimiters) =>
        Ascii.IsValid(bytes) ? Encoding.ASCII.GetString(bytes)
        : this == Gbk ? encoding.GetString(bytes).Replace(FreeByte, GraphicSet.Undefined)
        : encoding.GetString(bytes);

    public bool Encode(string text, CharacterSetDelimiters delimiters, IBufferWriter<byte> target)
    {
        var writable = this == Gbk ? text.Replace(FreeByte, '?') : text;
        var bytes = encoding.GetBytes(writable);
        target.Write(bytes);
        return Ascii.IsValid(text) || encoding.GetString(bytes) == text;
    }

    public int FindEndOfValue(ReadOnlySpan<byte> bytes, int start)
    {
        var position = start;
        while (position < bytes.Length && bytes[position] != '\\')
        {
            position += hasTrailBytesBelow80 ? CharacterLength(bytes[position..]) : 1;
        }

        return Math.Min(position, bytes.Length);
    }

    // GB 18030-2005: two bytes 81–FE 40–7E|80–FE, or four 81–FE 30–39 81–FE 30–39; GBK has the first form only.
    private static int CharacterLength(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [>= 0x81 and <= 0xFE, >= 0x40 and not 0x7F and not 0xFF, ..] => 2,
        [>= 0x81 and <= 0xFE, >= 0x30 and <= 0x39, >= 0x81 and <= 0xFE, >= 0x30 and <= 0x39, ..] => 4,
        _ => 1,
    };
}
