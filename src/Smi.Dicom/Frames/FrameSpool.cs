using Microsoft.Win32.SafeHandles;

namespace Smi.Dicom.Frames;

/// <summary>
/// Where rewritten frames wait until the file is written: in memory while they are few, then in a file that has no name, so that memory is
/// bounded and nothing stays behind after a crash.
/// </summary>
internal sealed class FrameSpool(string folder) : DicomSource
{
    private const long MaximumInMemory = 16L << 20;
    private SafeFileHandle? handle;
    private long inMemory;
    private long length;

    public override long Length => length;

    /// <summary>A copy that stays valid until the spool is disposed.</summary>
    public ByteSlice Add(ReadOnlySpan<byte> bytes)
    {
        if (handle is null && inMemory + bytes.Length <= MaximumInMemory)
        {
            inMemory += bytes.Length;
            return new ByteSlice(bytes.ToArray());
        }

        handle ??= OpenNameless();
        var slice = new ByteSlice(this, length, bytes.Length);
        RandomAccess.Write(handle, bytes, length);
        length += bytes.Length;
        return slice;
    }

    public override ReadOnlyMemory<byte> Slice(long offset, int count)
    {
        var bytes = new byte[count];
        Read(offset, bytes);
        return bytes;
    }

    public override ReadOnlySpan<byte> Peek(long offset, int count) => Slice(offset, count).Span;

    public override void Read(long offset, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var count = handle is null ? 0 : RandomAccess.Read(handle, target, offset);
            if (count == 0)
            {
                throw new EndOfStreamException("the spool of rewritten frames is shorter than what was put into it");
            }

            target = target[count..];
            offset += count;
        }
    }

    public override void CopyTo(long offset, long count, Stream target)
    {
        var buffer = new byte[Math.Min(count, 1 << 20)];
        for (long done = 0; done < count;)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, count - done));
            Read(offset + done, part);
            target.Write(part);
            done += part.Length;
        }
    }

    protected override void Dispose(bool disposing) => handle?.Dispose();

    private SafeFileHandle OpenNameless()
    {
        var path = Path.Combine(folder, $".{Guid.NewGuid():N}.frames");
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            BufferSize = 0,
        });
        File.Delete(path);
        return stream.SafeFileHandle;
    }
}
