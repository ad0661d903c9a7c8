using System.Buffers.Binary;

namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>The marker segments of a JPEG-LS stream (ITU T.87 annex C).</summary>
internal static class JpegLsSegments
{
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte RestartInterval = 0xDD;
    public const byte FirstRestart = 0xD0;
    public const byte FirstApplication = 0xE0;
    public const byte LastApplication = 0xEF;
    public const byte StartOfFrame = 0xF7;
    public const byte PresetParameters = 0xF8;
    public const byte Comment = 0xFE;

    /// <summary>The marker at <paramref name="position"/>, which is moved behind it; fill bytes FF are passed over (T.81 B.1.1.2).</summary>
    public static byte ReadMarker(ReadOnlySpan<byte> stream, ref int position)
    {
        if (position >= stream.Length || stream[position] != 0xFF)
        {
            throw new DicomFormatException("JPEG-LS: a marker is missing", position);
        }

        while (position < stream.Length && stream[position] == 0xFF)
        {
            position++;
        }

        return position < stream.Length
            ? stream[position++]
            : throw new DicomFormatException("JPEG-LS: the stream ends within a marker", position);
    }

    /// <summary>The content of the segment at <paramref name="position"/>, its length field left out.</summary>
    public static ReadOnlySpan<byte> ReadSegment(ReadOnlySpan<byte> stream, ref int position)
    {
        var rest = stream[position..];
        var length = rest.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (length < 2 || length > rest.Length)
        {
            throw new DicomFormatException("JPEG-LS: the length of a segment is wrong", position);
        }

        position += length;
        return rest[2..length];
    }

    /// <summary>EOI, with the fill byte before it that makes the length even (PS3.5 8.2.3 and A.4).</summary>
    public static void WriteEnd(MemoryStream stream)
    {
        if (stream.Length % 2 == 1)
        {
            stream.WriteByte(0xFF);
        }

        stream.Write([0xFF, EndOfImage]);
    }
}
