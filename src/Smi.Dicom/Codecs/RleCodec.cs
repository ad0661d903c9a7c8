using System.Buffers;
using System.Buffers.Binary;

namespace Smi.Dicom.Codecs;

/// <summary>
/// RLE Lossless (PS3.5 annex G): one PackBits segment for each byte of a sample, the most significant first, samples one after the
/// other. Decodes and encodes 8, 16 and 32 bits allocated.
/// </summary>
public sealed class RleCodec : IFrameDecoder, IFrameEncoder
{
    private const int HeaderLength = 64;
    private const int MaximumSegments = 15;

    public void Decode(ReadOnlySpan<byte> codestream, in FrameFormat format, Span<byte> frame)
    {
        if (frame.Length != format.FrameLength)
        {
            throw new ArgumentException("The frame has not the length that its format says.", nameof(frame));
        }

        int segments = RequireSegments(format);
        if (codestream.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(codestream) != segments)
        {
            throw new DicomFormatException("the RLE header has not one segment for each byte of a pixel", 0);
        }

        for (int i = 0; i < segments; i++)
        {
            DecodeSegment(SegmentOf(codestream, i, segments), frame[PlaneStart(i, format)..], segments);
            RequireDeclaredRows(SegmentOf(codestream, i, segments), format.Rows * format.Columns, format.Columns);
        }
    }

    public byte[] Encode(ReadOnlySpan<byte> frame, in FrameFormat format)
    {
        if (frame.Length != format.FrameLength)
        {
            throw new ArgumentException("The frame has not the length that its format says.", nameof(frame));
        }

        int segments = RequireSegments(format);
        var codestream = new ArrayBufferWriter<byte>(HeaderLength + frame.Length / 2);
        codestream.Advance(HeaderLength);
        Span<int> offsets = stackalloc int[segments];
        byte[] row = new byte[format.Columns];
        for (int i = 0; i < segments; i++)
        {
            offsets[i] = codestream.WrittenCount;
            EncodePlane(frame[PlaneStart(i, format)..], segments, format.Rows, row, codestream);
        }

        byte[] result = codestream.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(result, (uint)segments);
        for (int i = 0; i < segments; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(4 + 4 * i), (uint)offsets[i]);
        }

        return result;
    }

    /// <summary>
    /// The frame without bytes that no sample comes from: behind the offsets in the header, between and behind the segments, at the end of a last
    /// run. A stream that has none stays as it is; another is encoded anew.
    /// </summary>
    public byte[] WithoutSlack(ReadOnlySpan<byte> codestream, in FrameFormat format)
    {
        var frame = new byte[format.FrameLength];
        Decode(codestream, format, frame);
        return HasSlack(codestream, format) ? Encode(frame, format) : codestream.ToArray();
    }

    private static bool HasSlack(ReadOnlySpan<byte> codestream, in FrameFormat format)
    {
        int segments = RequireSegments(format);
        int offsetsEnd = 4 + 4 * segments;
        if (codestream[offsetsEnd..HeaderLength].ContainsAnyExcept((byte)0)
            || BinaryPrimitives.ReadUInt32LittleEndian(codestream[4..]) != HeaderLength)
        {
            return true;
        }

        for (int i = 0; i < segments; i++)
        {
            if (HasSlack(SegmentOf(codestream, i, segments), format.Rows * format.Columns))
            {
                return true;
            }
        }

        return false;
    }

    // The segment was decoded before, so its runs lie inside.
    private static bool HasSlack(ReadOnlySpan<byte> segment, int left)
    {
        int at = 0;
        while (left > 0)
        {
            int control = (sbyte)segment[at];
            at += control >= 0 ? 2 + control : control == -128 ? 1 : 2;
            left -= control >= 0 ? control + 1 : control == -128 ? 0 : 1 - control;
        }

        return left < 0 || segment.Length - at > 1 || segment[at..].ContainsAnyExcept((byte)0);
    }

    private static int RequireSegments(in FrameFormat format)
    {
        int segments = format.SamplesPerPixel * format.BytesPerSample;
        if (format.BitsAllocated is not (8 or 16 or 32) || segments is < 1 or > MaximumSegments)
        {
            throw new DicomFormatException("RLE holds 8, 16 or 32 bits allocated and at most 15 bytes a pixel");
        }

        return segments;
    }

    // Where the first byte of a segment stands in the frame: little endian there, most significant first here.
    private static int PlaneStart(int segment, in FrameFormat format)
    {
        (int sample, int significance) = Math.DivRem(segment, format.BytesPerSample);
        return sample * format.BytesPerSample + format.BytesPerSample - 1 - significance;
    }

    private static ReadOnlySpan<byte> SegmentOf(ReadOnlySpan<byte> codestream, int index, int segments)
    {
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(codestream[(4 + 4 * index)..]);
        uint end = index + 1 == segments
            ? (uint)codestream.Length
            : BinaryPrimitives.ReadUInt32LittleEndian(codestream[(8 + 4 * index)..]);
        if (start < HeaderLength || start > end || end > codestream.Length)
        {
            throw new DicomFormatException("an RLE segment lies outside its frame", 4 + 4 * index);
        }

        return codestream[(int)start..(int)end];
    }

    // A segment may be longer than its plane (padding, G.3.1); a run that would leave the plane ends with it.
    private static void DecodeSegment(ReadOnlySpan<byte> segment, Span<byte> plane, int step)
    {
        int left = (plane.Length + step - 1) / step;
        int to = 0;
        int at = 0;
        while (left > 0)
        {
            if (at + 1 >= segment.Length)
            {
                throw new DicomFormatException("an RLE segment ends before its plane does");
            }

            int control = (sbyte)segment[at++];
            if (control == -128)
            {
                continue;
            }

            int count = Math.Min(left, control >= 0 ? control + 1 : 1 - control);
            if (control >= 0)
            {
                if (at + count > segment.Length)
                {
                    throw new DicomFormatException("an RLE segment ends in a literal run");
                }

                CopyLiteral(segment.Slice(at, count), plane[to..], step);
                at += count;
            }
            else
            {
                Replicate(segment[at++], count, plane[to..], step);
            }

            left -= count;
            to += count * step;
        }
    }

    /// <summary>
    /// RLE does not say how wide its picture is. A segment that holds more than its plane is one of another width if its runs also cross the ends of
    /// the rows (against G.3.1), and one of more rows if what is left over are whole rows; anything else behind the plane is padding.
    /// </summary>
    private static void RequireDeclaredRows(ReadOnlySpan<byte> segment, int samples, int columns)
    {
        const int padding = 8;
        int at = 0;
        int position = 0;
        bool crossesRows = false;
        while (at + 1 < segment.Length)
        {
            int control = (sbyte)segment[at];
            int count = control >= 0 ? control + 1 : control == -128 ? 0 : 1 - control;
            crossesRows |= count > 0 && position + count <= samples && position / columns != (position + count - 1) / columns;
            position += count;
            at += control >= 0 ? 1 + count : control == -128 ? 1 : 2;
        }

        int surplus = position - samples;
        if (at <= segment.Length && surplus > padding && (crossesRows || surplus % columns == 0))
        {
            throw new DicomFormatException("an RLE segment holds other rows or columns than declared");
        }
    }

    private static void CopyLiteral(ReadOnlySpan<byte> literal, Span<byte> plane, int step)
    {
        if (step == 1)
        {
            literal.CopyTo(plane);
            return;
        }

        for (int i = 0, to = 0; i < literal.Length; i++, to += step)
        {
            plane[to] = literal[i];
        }
    }

    private static void Replicate(byte value, int count, Span<byte> plane, int step)
    {
        if (step == 1)
        {
            plane[..count].Fill(value);
            return;
        }

        for (int to = 0; count > 0; count--, to += step)
        {
            plane[to] = value;
        }
    }

    private static void EncodePlane(ReadOnlySpan<byte> plane, int step, int rows, byte[] row, ArrayBufferWriter<byte> codestream)
    {
        int start = codestream.WrittenCount;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> source = plane[(y * row.Length * step)..];
            for (int x = 0, from = 0; x < row.Length; x++, from += step)
            {
                row[x] = source[from];
            }
            // G.3.1: a run must not cross from one row into the next.
            EncodeRow(row, codestream);
        }

        if ((codestream.WrittenCount - start) % 2 == 1)
        {
            codestream.Write([(byte)0]);
        }
    }

    private static void EncodeRow(ReadOnlySpan<byte> row, ArrayBufferWriter<byte> codestream)
    {
        int at = 0;
        while (at < row.Length)
        {
            int run = RunLength(row[at..]);
            int length = run > 2 ? run : LiteralLength(row[at..]);
            Span<byte> target = codestream.GetSpan(1 + length);
            if (run > 2)
            {
                target[0] = (byte)(1 - run);
                target[1] = row[at];
                codestream.Advance(2);
            }
            else
            {
                target[0] = (byte)(length - 1);
                row.Slice(at, length).CopyTo(target[1..]);
                codestream.Advance(1 + length);
            }

            at += length;
        }
    }

    private static int RunLength(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> window = bytes[..Math.Min(128, bytes.Length)];
        int end = window.IndexOfAnyExcept(window[0]);
        return end < 0 ? window.Length : end;
    }

    // Up to the next three equal bytes: a shorter run costs as much as it saves.
    private static int LiteralLength(ReadOnlySpan<byte> bytes)
    {
        int most = Math.Min(128, bytes.Length);
        for (int i = 1; i + 2 < most; i++)
        {
            if (bytes[i] == bytes[i + 1] && bytes[i] == bytes[i + 2])
            {
                return i;
            }
        }

        return most;
    }
}
