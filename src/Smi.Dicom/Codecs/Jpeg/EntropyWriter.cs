namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>Writes a JPEG codestream: segments as bytes, entropy-coded data as bits with stuffing (T.81 F.1.2.3).</summary>
internal sealed class EntropyWriter(int capacity)
{
    private byte[] buffer = new byte[Math.Max(256, capacity)];
    private int length;
    private ulong pending;
    private int pendingBits;

    public int Length => length;

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    public void WriteMarker(byte marker) => WriteBytes([0xFF, marker]);

    /// <summary>A marker, the length field and the parameters.</summary>
    public void WriteSegment(byte marker, ReadOnlySpan<byte> payload)
    {
        int size = payload.Length + 2;
        WriteBytes([0xFF, marker, (byte)(size >> 8), (byte)size]);
        WriteBytes(payload);
    }

    /// <summary>Up to 32 bits, right-aligned, nothing above them.</summary>
    public void WriteBits(uint bits, int count)
    {
        pending = pending << count | bits;
        pendingBits += count;
        if (pendingBits >= 32)
        {
            Flush();
        }
    }

    public void WriteCode(HuffmanCode code) => WriteBits(code.Bits, code.Length);

    /// <summary>A code and the 0 to 16 bits of a signed value behind it (T.81 F.1.2.1.1).</summary>
    public void WriteSigned(HuffmanCode code, int value, int bits)
    {
        // Negative values are sent less one; only their low bits count.
        uint low = (uint)(value < 0 ? value - 1 : value) & ((1u << bits) - 1);
        WriteBits((uint)code.Bits << bits | low, code.Length + bits);
    }

    /// <summary>Fills the last byte of an interval with ones.</summary>
    public void AlignToByte()
    {
        int missing = -pendingBits & 7;
        WriteBits((1u << missing) - 1, missing);
        Flush();
    }

    public byte[] ToArray() => buffer.AsSpan(0, length).ToArray();

    /// <summary>With a zero byte behind it when the length is odd, as a fragment of Pixel Data must be (PS3.5 A.4).</summary>
    public byte[] ToEvenArray()
    {
        if (length % 2 == 1)
        {
            WriteBytes([0]);
        }

        return ToArray();
    }

    private void Flush()
    {
        Reserve(16);
        while (pendingBits >= 8)
        {
            pendingBits -= 8;
            byte next = (byte)(pending >> pendingBits);
            buffer[length++] = next;
            if (next == 0xFF)
            {
                buffer[length++] = 0;
            }
        }
    }

    private void Reserve(int more)
    {
        if (length + more > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(length + more, 2 * buffer.Length));
        }
    }
}
