namespace Smi.Dicom;

/// <summary>A whole file, or an inflated data set, in memory.</summary>
internal sealed class MemoryDicomSource(byte[] bytes, int length, Action? release = null) : DicomSource
{
    private Action? release = release;

    public override long Length => length;

    public override ReadOnlyMemory<byte> Slice(long offset, int count) => bytes.AsMemory(checked((int)offset), count);

    public override ReadOnlySpan<byte> Peek(long offset, int count) => bytes.AsSpan(checked((int)offset), count);

    public override void CopyTo(long offset, long count, Stream target) => target.Write(bytes, checked((int)offset), checked((int)count));

    protected override void Dispose(bool disposing)
    {
        release?.Invoke();
        release = null;
    }
}
