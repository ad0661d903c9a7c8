using System.Buffers.Binary;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>What can be done to a JPEG 2000 stream without decoding it.</summary>
public static class Jpeg2000Codestream
{
    /// <summary>Bits of a sample of the component that has most.</summary>
    /// <exception cref="DicomFormatException">The codestream does not begin as one.</exception>
    public static int Precision(ReadOnlySpan<byte> stream)
    {
        var reader = new SegmentReader(Jp2Boxes.Unwrap(stream));
        return reader.ReadUInt16() == Marker.StartOfCodestream && reader.ReadUInt16() == Marker.Size
            ? ImageSize.Read(reader.ReadSegment()).Components.Max(component => component.Precision)
            : throw new DicomFormatException("JPEG 2000: the codestream does not begin with SOC and SIZ");
    }

    /// <summary>
    /// The bare codestream without comments, segments that part 1 does not know, JP2 boxes and whatever follows EOC; packets
    /// keep every byte. Tile-part lengths become what they then are, and their index in the main header is left out. The result has
    /// even length.
    /// </summary>
    /// <exception cref="DicomFormatException">The segments cannot be followed to EOC.</exception>
    public static byte[] WithoutComments(ReadOnlySpan<byte> stream)
    {
        var reader = new SegmentReader(Jp2Boxes.Unwrap(stream));
        if (reader.ReadUInt16() != Marker.StartOfCodestream)
        {
            throw new DicomFormatException("JPEG 2000: the codestream does not begin with SOC");
        }

        var target = new MemoryStream(stream.Length);
        target.WriteUInt16(Marker.StartOfCodestream);
        var marker = CopyHeader(ref reader, target, Marker.StartOfTilePart);
        while (marker == Marker.StartOfTilePart)
        {
            CopyTilePart(ref reader, target);

            // The end marker may be missing where the last tile-part fills the stream.
            marker = reader.Remaining >= 2 ? reader.ReadUInt16() : Marker.EndOfCodestream;
        }

        if (marker != Marker.EndOfCodestream)
        {
            throw new DicomFormatException("JPEG 2000: a marker that does not belong here", reader.Position);
        }

        target.WriteUInt16(Marker.EndOfCodestream);
        if (target.Length % 2 == 1)
        {
            target.WriteByte(0);
        }

        return target.ToArray();
    }

    /// <summary>Copies the segments that are needed until <paramref name="end"/> or the end of the codestream, and returns that marker.</summary>
    private static int CopyHeader(ref SegmentReader reader, MemoryStream target, int end)
    {
        while (true)
        {
            var marker = reader.ReadUInt16();
            if (marker == end || marker == Marker.EndOfCodestream)
            {
                return marker;
            }

            // A.1: these have no length.
            if (marker is >= 0xFF30 and <= 0xFF3F)
            {
                continue;
            }

            var segment = reader.ReadSegment();
            if (IsNeeded(marker))
            {
                target.WriteUInt16(marker);
                target.WriteUInt16(segment.Length + 2);
                target.Write(segment);
            }
        }
    }

    private static void CopyTilePart(ref SegmentReader reader, MemoryStream target)
    {
        var start = reader.Position - 2;
        var targetStart = (int)target.Length;
        var segment = reader.ReadSegment();
        if (segment.Length != Marker.StartOfTilePartLength - 4)
        {
            throw new DicomFormatException("JPEG 2000: the length of a segment is wrong", start);
        }

        target.WriteUInt16(Marker.StartOfTilePart);
        target.WriteUInt16(segment.Length + 2);
        target.Write(segment);
        if (CopyHeader(ref reader, target, Marker.StartOfData) != Marker.StartOfData)
        {
            throw new DicomFormatException("JPEG 2000: a tile-part without data", start);
        }

        target.WriteUInt16(Marker.StartOfData);
        var length = BinaryPrimitives.ReadUInt32BigEndian(segment[2..]);
        var count = length == 0 ? LengthOfLast(reader) : start + (long)length - reader.Position;
        if (count > reader.Remaining)
        {
            throw new DicomFormatException("JPEG 2000: a tile-part is not complete", start);
        }

        target.Write(reader.ReadBytes((int)count));
        BinaryPrimitives.WriteInt32BigEndian(target.GetBuffer().AsSpan(targetStart + 6), (int)target.Length - targetStart);
    }

    /// <summary>A.4.2: a length of 0 stands for all until EOC, behind which padding may stand.</summary>
    private static int LengthOfLast(SegmentReader reader)
    {
        var rest = reader.ReadBytes(reader.Remaining);
        var end = rest.LastIndexOf<byte>([0xFF, 0xD9]);
        return end < 0 ? rest.Length : end;
    }

    private static bool IsNeeded(int marker) => marker is
        Marker.Size or Marker.CodingStyle or Marker.ComponentCodingStyle or Marker.Quantization or Marker.ComponentQuantization
        or Marker.RegionOfInterest or Marker.ProgressionChange or Marker.PackedHeadersMain or Marker.PackedHeadersTile
        or Marker.PacketLengthsMain or Marker.PacketLengthsTile or Marker.ComponentRegistration or Marker.Capabilities;
}
