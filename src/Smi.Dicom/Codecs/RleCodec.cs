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
            PackBitsDecoder.Decode(SegmentOf(codestream, i, segments), frame[PlaneStart(i, format)..], segments);
            PackBitsDecoder.RequireDeclaredRows(SegmentOf(codestream, i, segments), format.Rows * format.Columns, format.Columns);
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
            PackBitsEncoder.Encode(frame[PlaneStart(i, format)..], segments, format.Rows, row, codestream);
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
            if (PackBitsDecoder.HasSlack(SegmentOf(codestream, i, segments), format.Rows * format.Columns))
            {
                return true;
            }
        }

        return false;
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
}
