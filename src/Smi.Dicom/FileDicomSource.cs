using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Smi.Dicom;

/// <summary>
/// A file that is not held in memory: its head is, the rest is looked at through a window and copied in blocks, so that memory does not
/// grow with the file.
/// </summary>
internal sealed class FileDicomSource : DicomSource
{
    private const int HeadLength = 64 * 1024;
    private const int WindowLength = 64 * 1024;

    // Fits the second-level cache. copy_file_range(2) takes five times as long where values stand at other offsets within their pages.
    private const int BlockLength = 256 * 1024;
    private readonly SafeFileHandle handle;
    private readonly long length;
    private readonly byte[] head = ArrayPool<byte>.Shared.Rent(HeadLength);
    private readonly int headCount;
    private byte[]? window;
    private long windowStart = -1;
    private int windowCount;
    private bool isDisposed;

    /// <param name="handle">Owned from here on.</param>
    public FileDicomSource(SafeFileHandle handle)
    {
        this.handle = handle;
        length = RandomAccess.GetLength(handle);
        headCount = ReadFully(handle, 0, head.AsSpan(0, (int)Math.Min(HeadLength, length)));
    }

    public override long Length => length;

    /// <summary>As many bytes as there are, up to the length of the buffer.</summary>
    /// <exception cref="DicomReadException">Reading fails.</exception>
    public static int ReadFully(SafeFileHandle handle, long offset, Span<byte> buffer)
    {
        var done = 0;
        try
        {
            while (done < buffer.Length && RandomAccess.Read(handle, buffer[done..], offset + done) is var count and > 0)
            {
                done += count;
            }

            return done;
        }
        catch (IOException exception)
        {
            throw new DicomReadException("reading the file failed", exception);
        }
    }

    public override ReadOnlyMemory<byte> Slice(long offset, int count)
    {
        if (offset + count <= headCount)
        {
            return head.AsMemory((int)offset, count);
        }

        if (count <= WindowLength)
        {
            return Peek(offset, count).ToArray();
        }

        var bytes = new byte[count];
        ReadExactly(offset, bytes);
        return bytes;
    }

    public override ReadOnlySpan<byte> Peek(long offset, int count)
    {
        if (offset + count <= headCount)
        {
            return head.AsSpan((int)offset, count);
        }

        if (count > WindowLength)
        {
            return Slice(offset, count).Span;
        }

        if (windowStart < 0 || offset < windowStart || offset + count > windowStart + windowCount)
        {
            LoadWindow(offset);
        }

        var start = (int)(offset - windowStart);
        return start + count <= windowCount
            ? window.AsSpan(start, count)
            : throw new DicomReadException("the file became shorter while it was read");
    }

    public override void Read(long offset, Span<byte> target) => ReadExactly(offset, target);

    public override void CopyTo(long offset, long count, Stream target)
    {
        if (count <= WindowLength)
        {
            target.Write(Peek(offset, (int)count));
        }
        else
        {
            CopyBlocks(offset, count, target);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        handle.Dispose();
        ArrayPool<byte>.Shared.Return(head);
        if (window is not null)
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    private void CopyBlocks(long offset, long count, Stream target)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BlockLength, count));
        try
        {
            for (long done = 0; done < count;)
            {
                var part = (int)Math.Min(buffer.Length, count - done);
                ReadExactly(offset + done, buffer.AsSpan(0, part));
                target.Write(buffer, 0, part);
                done += part;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void LoadWindow(long offset)
    {
        window ??= ArrayPool<byte>.Shared.Rent(WindowLength);
        windowStart = offset;
        windowCount = ReadFully(handle, offset, window.AsSpan(0, WindowLength));
    }

    private void ReadExactly(long offset, Span<byte> buffer)
    {
        if (ReadFully(handle, offset, buffer) < buffer.Length)
        {
            throw new DicomReadException("the file became shorter while it was read");
        }
    }
}
