namespace Smi.Dicom;

/// <summary>
/// Bytes that can be read at any offset: a file, or an array. Used by one thread at a time. Slices stay valid until the
/// source is disposed.
/// </summary>
public abstract class DicomSource : IDisposable
{
    public abstract long Length { get; }

    /// <summary>The bytes in memory; those of a bulk value should be copied with <see cref="CopyTo"/> instead.</summary>
    public abstract ReadOnlyMemory<byte> Slice(long offset, int length);

    /// <summary>Bytes to look at now: the span is valid until the next call.</summary>
    public abstract ReadOnlySpan<byte> Peek(long offset, int length);

    /// <summary>Fills <paramref name="target"/> with the bytes from there on.</summary>
    public virtual void Read(long offset, Span<byte> target) => Slice(offset, target.Length).Span.CopyTo(target);

    public abstract void CopyTo(long offset, long length, Stream target);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
