namespace Smi.Dicom;

/// <summary>A run of bytes somewhere: in a source that outlives it, or in an array of its own. Never copied until asked.</summary>
public readonly struct ByteSlice
{
    private readonly DicomSource? source;
    private readonly ReadOnlyMemory<byte> memory;

    public ByteSlice(DicomSource source, long offset, long length)
    {
        this.source = source;
        Offset = offset;
        Length = length;
    }

    public ByteSlice(ReadOnlyMemory<byte> memory)
    {
        this.memory = memory;
        Length = memory.Length;
    }

    /// <summary>Where the bytes begin in their source; 0 for an array of its own.</summary>
    public long Offset { get; }

    public long Length { get; }

    /// <summary>The bytes in memory.</summary>
    /// <exception cref="DicomFormatException">There are 2 GB or more of them.</exception>
    public ReadOnlyMemory<byte> ToMemory() =>
        source is null ? memory
        : Length <= Array.MaxLength ? source.Slice(Offset, (int)Length)
        : throw new DicomFormatException("a value of 2 GB or more cannot be held in memory", Offset);

    /// <summary>The first <paramref name="count"/> bytes, or all when there are fewer; valid until the source is read again.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        var part = (int)Math.Min(count, Length);
        return source is null ? memory.Span[..part] : source.Peek(Offset, part);
    }

    /// <summary>Part of the slice; nothing is read.</summary>
    public ByteSlice Part(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length);
        return source is null ? new ByteSlice(memory.Slice((int)offset, (int)length)) : new ByteSlice(source, Offset + offset, length);
    }

    /// <summary>Fills <paramref name="target"/>, which is no longer than the slice, with its first bytes.</summary>
    public void CopyTo(Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target.Length, Length);
        if (source is null)
        {
            memory.Span[..target.Length].CopyTo(target);
        }
        else
        {
            source.Read(Offset, target);
        }
    }

    public void CopyTo(Stream target)
    {
        if (source is null)
        {
            target.Write(memory.Span);
        }
        else
        {
            source.CopyTo(Offset, Length, target);
        }
    }
}
