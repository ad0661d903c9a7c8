namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Big-endian values of a marker segment; reading beyond its end is refused.</summary>
internal ref struct SegmentReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    public int ReadByte() => (int)Read(1);

    public int ReadUInt16() => (int)Read(2);

    /// <summary>A size or offset; what an int does not hold is beyond any image of DICOM.</summary>
    public int ReadSize()
    {
        var value = Read(4);
        return value <= int.MaxValue ? (int)value : throw new DicomFormatException("JPEG 2000: a size is out of range", Position);
    }

    /// <summary>A component number, of two bytes where an image has more than 256 components.</summary>
    public int ReadComponent(int components)
    {
        var component = components < 257 ? ReadByte() : ReadUInt16();
        return component < components ? component : throw new DicomFormatException("JPEG 2000: a component that does not exist", Position);
    }

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count < 0 || count > Remaining)
        {
            throw new DicomFormatException("JPEG 2000: the stream ends within a segment", Position);
        }

        Position += count;
        return _bytes.Slice(Position - count, count);
    }

    /// <summary>The content of a marker segment, its length field left out.</summary>
    public ReadOnlySpan<byte> ReadSegment()
    {
        var length = ReadUInt16();
        return ReadBytes(length - 2);
    }

    private uint Read(int count)
    {
        uint value = 0;
        foreach (var next in ReadBytes(count))
        {
            value = (value << 8) | next;
        }

        return value;
    }
}
