using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// Reads bits of one restart interval from which stuffed bytes have been taken out. Beyond the end it supplies zeros for as
/// long as they are only looked at, and refuses once they are used.
/// </summary>
internal ref struct EntropyReader(ReadOnlySpan<byte> interval)
{
    private readonly ReadOnlySpan<byte> data = interval;

    // The next bits, left-aligned; 'available' of them are counted, those below repeat what the next fill brings.
    private ulong window;
    private int available;
    private int position;

    /// <summary>Makes at least 32 bits available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill()
    {
        if (available >= 32)
        {
            return;
        }

        if (position > data.Length - 8)
        {
            FillNearEnd();
            return;
        }

        window |= BinaryPrimitives.ReadUInt64BigEndian(data[position..]) >> available;
        int bytes = (64 - available) >> 3;
        position += bytes;
        available += bytes << 3;
    }

    /// <summary>The next 1 to 32 bits, not taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Peek(int count) => (int)(window >> (64 - count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        window <<= count;
        available -= count;
    }

    /// <summary>The next 1 to 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(int count)
    {
        int value = Peek(count);
        Skip(count);
        return value;
    }

    /// <summary>A difference or coefficient of 0 to 16 bits (EXTEND of T.81 F.2.2.1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadSigned(int bits)
    {
        if (bits == 0)
        {
            return 0;
        }

        int value = Read(bits);
        return value >= 1 << (bits - 1) ? value : value - (1 << bits) + 1;
    }

    /// <summary>Refuses when more was read than there is.</summary>
    public readonly void RequireWithinData()
    {
        if (8L * position - available > 8L * data.Length)
        {
            throw new DicomFormatException("the entropy-coded data ends before the image does");
        }
    }

    private void FillNearEnd()
    {
        RequireWithinData();
        while (available < 32)
        {
            ulong next = position < data.Length ? data[position] : 0u;
            window |= next << (56 - available);
            position++;
            available += 8;
        }
    }
}
