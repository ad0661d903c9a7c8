using System.Buffers;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>The restart intervals of a scan one after the other, with stuffed bytes taken out (T.81 B.1.1.5).</summary>
internal ref struct RestartIntervals(ReadOnlySpan<byte> entropy)
{
    private readonly ReadOnlySpan<byte> data = entropy;
    private readonly byte[] unstuffed = ArrayPool<byte>.Shared.Rent(entropy.Length);
    private int position;
    private int intervals;

    /// <summary>The next interval; it is valid until the next call.</summary>
    public EntropyReader Next()
    {
        if (intervals++ > 0)
        {
            PassRestartMarker();
        }

        int length = 0;
        while (position < data.Length)
        {
            ReadOnlySpan<byte> rest = data[position..];
            int found = rest.IndexOf((byte)0xFF);
            int plain = found < 0 ? rest.Length : found;
            rest[..plain].CopyTo(unstuffed.AsSpan(length));
            length += plain;
            position += plain;
            if (found < 0 || !TryPassStuffing())
            {
                break;
            }

            unstuffed[length++] = 0xFF;
        }

        return new EntropyReader(unstuffed.AsSpan(0, length));
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(unstuffed);

    private bool TryPassStuffing()
    {
        if (position + 1 >= data.Length || data[position + 1] != 0)
        {
            return false;
        }

        position += 2;
        return true;
    }

    private void PassRestartMarker()
    {
        while (position + 1 < data.Length && data[position + 1] == 0xFF)
        {
            position++;
        }

        int expected = JpegMarker.FirstRestart + ((intervals - 2) & 7);
        if (position + 1 >= data.Length || data[position] != 0xFF || data[position + 1] != expected)
        {
            throw new DicomFormatException("a JPEG restart marker is missing or out of order");
        }

        position += 2;
    }
}
