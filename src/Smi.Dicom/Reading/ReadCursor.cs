namespace Smi.Dicom.Reading;

/// <summary>Where the reader stands in its source, and how many elements and items it has met.</summary>
internal sealed class ReadCursor(DicomSource source, ReadOptions options, long start)
{
    private int count;

    public DicomSource Source => source;

    public long Position { get; set; } = start;

    /// <summary>The header at the position, of what ends at <paramref name="end"/>.</summary>
    public ElementHeader PeekHeader(long end, DataSetEncoding encoding)
    {
        var available = (int)Math.Min(ElementHeader.LongestSize, end - Position);
        return HeaderReader.Read(source.Peek(Position, available), encoding, Position);
    }

    /// <exception cref="DicomFormatException">There are more than a file may have.</exception>
    public void Count(DicomTag tag)
    {
        if (++count > options.MaxElements)
        {
            throw Fault($"there are more than {options.MaxElements} items and data elements", tag);
        }
    }

    public ByteSlice Slice(long from, long length) => new(source, from, length);

    public ElementOrigin OriginOf(long from, long end, DataSetEncoding encoding) => new(Slice(from, end - from), encoding);

    /// <summary>What is wrong at the position.</summary>
    public DicomFormatException Fault(string cause, DicomTag? tag = null) => new(cause, Position, tag);
}
