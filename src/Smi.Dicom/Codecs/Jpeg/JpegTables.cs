using System.Buffers.Binary;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>The tables and the restart interval in force at a place of the codestream (T.81 B.2.4).</summary>
internal sealed class JpegTables
{
    private readonly ushort[]?[] quantisation = new ushort[4][];
    private readonly HuffmanTable?[] dc = new HuffmanTable[4];
    private readonly HuffmanTable?[] ac = new HuffmanTable[4];

    /// <summary>MCUs between restart markers; 0 = none.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>64 divisors in zigzag order.</summary>
    public ushort[] Quantisation(int slot) =>
        quantisation[slot] ?? throw new DicomFormatException("a JPEG quantisation table is missing");

    public HuffmanTable Dc(int slot) => dc[slot] ?? throw new DicomFormatException("a JPEG Huffman table is missing");

    public HuffmanTable Ac(int slot) => ac[slot] ?? throw new DicomFormatException("a JPEG Huffman table is missing");

    /// <summary>Takes over a DQT, DHT or DRI segment; others are none of its concern.</summary>
    public void Apply(byte marker, ReadOnlySpan<byte> payload)
    {
        switch (marker)
        {
            case JpegMarker.QuantisationTables:
                ApplyQuantisation(payload);
                break;
            case JpegMarker.HuffmanTables:
                ApplyHuffman(payload);
                break;
            case JpegMarker.RestartInterval when payload.Length == 2:
                RestartInterval = BinaryPrimitives.ReadUInt16BigEndian(payload);
                break;
            case JpegMarker.RestartInterval:
                throw new DicomFormatException("the JPEG restart interval has a wrong length");
        }
    }

    public void SetDc(int slot, HuffmanTable table) => dc[slot] = table;

    public void SetAc(int slot, HuffmanTable table) => ac[slot] = table;

    private void ApplyQuantisation(ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            int bytes = (payload[0] >> 4) + 1;
            int slot = payload[0] & 15;
            if (bytes > 2 || slot > 3 || payload.Length < 1 + 64 * bytes)
            {
                throw new DicomFormatException("a JPEG quantisation table is damaged");
            }

            var table = new ushort[64];
            for (int i = 0; i < 64; i++)
            {
                table[i] = bytes == 1 ? payload[1 + i] : BinaryPrimitives.ReadUInt16BigEndian(payload[(1 + 2 * i)..]);
            }

            quantisation[slot] = table;
            payload = payload[(1 + 64 * bytes)..];
        }
    }

    private void ApplyHuffman(ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            int slot = payload[0] & 15;
            if (payload[0] >> 4 > 1 || slot > 3)
            {
                throw new DicomFormatException("a JPEG Huffman table has a wrong number");
            }

            HuffmanTable table = HuffmanTable.Parse(payload[1..]);
            (payload[0] >> 4 == 0 ? dc : ac)[slot] = table;
            payload = payload[(1 + 16 + table.Symbols.Length)..];
        }
    }
}
