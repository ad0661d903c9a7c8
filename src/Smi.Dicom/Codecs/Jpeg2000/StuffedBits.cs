using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The bits that keep markers out of what the arithmetic encoder writes (ITU T.800 C.2.7 and C.3.4).</summary>
internal static class StuffedBits
{
    private const byte LeastMarker = 0x90;

    /// <summary>
    /// Makes of a codeword segment the one number that it is, in place: the byte after FF has seven bits, and its eighth is a carry into those
    /// before. A marker ends the segment. The first byte of <paramref name="bytes"/> must be zero and is none of the segment. Returns the end of the bits; the
    /// last byte is filled with ones, which is also what follows after the end.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Remove(Span<byte> bytes)
    {
        var (end, previous, bits, count) = (1, 0, 0, 0);
        foreach (var next in bytes[1..])
        {
            if (previous == 0xFF && next >= LeastMarker)
            {
                break;
            }

            var width = previous == 0xFF ? 7 : 8;
            bits = (bits << width) + next;
            count += width;
            if (bits >> count != 0)
            {
                Carry(bytes[..end]);
            }

            if (count >= 8)
            {
                count -= 8;
                bytes[end++] = (byte)(bits >> count);
            }

            bits &= (1 << count) - 1;
            previous = next;
        }

        if (count > 0)
        {
            bytes[end++] = (byte)((bits << (8 - count)) | (0xFF >> count));
        }

        return end;
    }

    private static void Carry(Span<byte> bytes)
    {
        var last = bytes.Length - 1;
        while (last >= 0 && ++bytes[last] == 0)
        {
            last--;
        }
    }
}
