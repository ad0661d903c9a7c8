namespace Smi.Dicom.Writing;

/// <summary>Turns the byte order of each unit that is written through it.</summary>
internal sealed class ByteSwapStream(Stream target, int unit) : Stream
{
    private readonly byte[] pending = new byte[unit];
    private int pendingCount;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var swapped = new byte[buffer.Length + pendingCount];
        pending.AsSpan(0, pendingCount).CopyTo(swapped);
        buffer.CopyTo(swapped.AsSpan(pendingCount));
        var whole = swapped.Length / unit * unit;
        for (var start = 0; start < whole; start += unit)
        {
            swapped.AsSpan(start, unit).Reverse();
        }

        target.Write(swapped.AsSpan(0, whole));
        pendingCount = swapped.Length - whole;
        swapped.AsSpan(whole).CopyTo(pending);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes what is left of a value that is no whole number of units, as it is.</summary>
    public void Finish()
    {
        target.Write(pending.AsSpan(0, pendingCount));
        pendingCount = 0;
    }

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
