using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Smi.Deid.Files;

/// <summary>
/// Writes a file forward only, in large pieces, and stops between two of them when it is told to. What is still in its buffer is written by
/// <see cref="Flush"/>, not by disposing it: a file that was given up needs no more bytes.
/// </summary>
internal sealed class PartStream(SafeFileHandle handle, CancellationToken cancellation) : Stream
{
    private const int BufferLength = 64 * 1024;
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private int buffered;
    private long written;
    private bool isDisposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => written + buffered;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferLength - buffered)
        {
            Flush();
        }

        if (bytes.Length >= BufferLength)
        {
            WriteOut(bytes);
            return;
        }

        bytes.CopyTo(buffer.AsSpan(buffered));
        buffered += bytes.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        WriteOut(buffer.AsSpan(0, buffered));
        buffered = 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!isDisposed)
        {
            isDisposed = true;
            ArrayPool<byte>.Shared.Return(buffer);
        }

        base.Dispose(disposing);
    }

    private void WriteOut(ReadOnlySpan<byte> bytes)
    {
        cancellation.ThrowIfCancellationRequested();
        if (bytes.Length > 0)
        {
            RandomAccess.Write(handle, bytes, written);
            written += bytes.Length;
        }
    }
}
