using System.Buffers.Binary;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// Walks the marker segments of a JPEG or JPEG-LS codestream from SOI to EOI. A stream that ends after a complete segment
/// without EOI is accepted; one that ends inside a segment is not.
/// </summary>
internal ref struct JpegSegmentReader
{
    private readonly ReadOnlySpan<byte> codestream;
    private int position;

    public JpegSegmentReader(ReadOnlySpan<byte> codestream)
    {
        if (codestream.Length < 4 || codestream[0] != 0xFF || codestream[1] != JpegMarker.StartOfImage)
        {
            throw new DicomFormatException("the frame does not begin with a JPEG start of image", 0);
        }

        this.codestream = codestream;
        position = 2;
    }

    public JpegSegment Current { get; private set; }

    /// <summary>False after EOI, or where the stream ends between segments.</summary>
    public bool MoveNext()
    {
        int offset = position;
        if (!TryReadMarker(out byte marker) || marker == JpegMarker.EndOfImage)
        {
            return false;
        }

        if (marker < 0xC0 || JpegMarker.IsRestart(marker) || marker == JpegMarker.StartOfImage)
        {
            throw new DicomFormatException("a JPEG marker stands where it must not", offset);
        }

        int payloadStart = position + 2;
        int payloadEnd = ReadPayloadEnd();
        position = marker == JpegMarker.StartOfScan ? EndOfEntropyCodedData(payloadEnd) : payloadEnd;
        Current = new JpegSegment(marker, offset, payloadStart, payloadEnd, position);
        return true;
    }

    private bool TryReadMarker(out byte marker)
    {
        marker = 0;
        // Only padding may follow the last segment when EOI is missing.
        if (codestream[position..].TrimEnd((byte)0).IsEmpty)
        {
            return false;
        }

        if (codestream[position] != 0xFF)
        {
            throw new DicomFormatException("a JPEG marker is missing", position);
        }
        // T.81 B.1.1.2: any marker may be preceded by fill bytes FF.
        while (position < codestream.Length && codestream[position] == 0xFF)
        {
            position++;
        }

        if (position == codestream.Length)
        {
            return false;
        }

        marker = codestream[position++];
        return true;
    }

    private readonly int ReadPayloadEnd()
    {
        if (position + 2 > codestream.Length)
        {
            throw new DicomFormatException("the JPEG stream ends in a segment", position);
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(codestream[position..]);
        if (length < 2 || position + length > codestream.Length)
        {
            throw new DicomFormatException("a JPEG segment is longer than the stream", position);
        }

        return position + length;
    }

    // FF is data when a byte below 80 follows: the stuffed 00 of JPEG, the stuffed bit of JPEG-LS (T.87 A.1).
    private readonly int EndOfEntropyCodedData(int start)
    {
        int at = start;
        while (true)
        {
            int found = codestream[at..].IndexOf((byte)0xFF);
            if (found < 0 || at + found + 1 >= codestream.Length)
            {
                return codestream.Length;
            }

            at += found + 1;
            byte next = codestream[at];
            if (next >= 0x80 && next != 0xFF && !JpegMarker.IsRestart(next))
            {
                return FirstFillByte(at - 1, start);
            }
        }
    }

    private readonly int FirstFillByte(int marker, int start)
    {
        while (marker > start && codestream[marker - 1] == 0xFF)
        {
            marker--;
        }

        return marker;
    }
}
