namespace Smi.Dicom.Frames;

/// <summary>Slices of other sources one behind the other, as if they were one; nothing is copied until it is read.</summary>
internal sealed class SplicedSource : DicomSource
{
    private readonly IReadOnlyList<ByteSlice> parts;

    // Where each part begins, and the length of all.
    private readonly long[] starts;

    public SplicedSource(IReadOnlyList<ByteSlice> parts)
    {
        this.parts = parts;
        starts = new long[parts.Count + 1];
        for (var i = 0; i < parts.Count; i++)
        {
            starts[i + 1] = starts[i] + parts[i].Length;
        }
    }

    public override long Length => starts[^1];

    public override ReadOnlyMemory<byte> Slice(long offset, int length)
    {
        using var target = new MemoryStream(length);
        CopyTo(offset, length, target);
        return target.ToArray();
    }

    public override ReadOnlySpan<byte> Peek(long offset, int length) => Slice(offset, length).Span;

    public override void CopyTo(long offset, long length, Stream target)
    {
        var index = Array.BinarySearch(starts, offset);
        // Parts may be empty: the last that begins at or before the offset.
        index = index < 0 ? ~index - 1 : index;
        for (; length > 0; index++)
        {
            var within = Math.Max(0, offset - starts[index]);
            var count = Math.Min(length, parts[index].Length - within);
            parts[index].Part(within, count).CopyTo(target);
            offset += count;
            length -= count;
        }
    }

    // The sources belong to whoever made the slices.
    protected override void Dispose(bool disposing)
    {
    }
}
