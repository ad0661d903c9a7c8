using System.Runtime.CompilerServices;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>A Huffman table (T.81 annex C) and the look-up that decodes with it.</summary>
internal sealed class HuffmanTable
{
    private const int LookupBits = 10;

    // Length << 8 | symbol of the code that begins with these bits; 0 where the code is longer.
    private readonly ushort[] lookup = new ushort[1 << LookupBits];

    // By length: first value of 16 left-aligned bits above the codes of that length, and symbol index minus code.
    private readonly int[] limit = new int[17];
    private readonly int[] symbolOffset = new int[17];
    private readonly byte[] counts;
    private readonly byte[] symbols;

    /// <param name="counts">Number of codes of length 1 to 16.</param>
    /// <param name="symbols">The symbols in the order of their codes.</param>
    public HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        this.counts = counts.ToArray();
        this.symbols = symbols.ToArray();
        Codes = AssignCodes();
    }

    public ReadOnlySpan<byte> Counts => counts;

    public ReadOnlySpan<byte> Symbols => symbols;

    /// <summary>By symbol: what encodes it; length 0 where the table has no code for it.</summary>
    public HuffmanCode[] Codes { get; }

    /// <summary>Codes of 16 bits that could follow the table's own; the one of all ones must stay unused.</summary>
    public int FreeLongCodes => Math.Min((1 << 16) - 1 - limit[16], 256 - symbols.Length);

    /// <summary>Reads 16 counts and the symbols they announce.</summary>
    public static HuffmanTable Parse(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 16)
        {
            throw new DicomFormatException("a JPEG Huffman table is damaged");
        }

        int total = 0;
        foreach (byte count in payload[..16])
        {
            total += count;
        }

        if (total > 256 || payload.Length < 16 + total)
        {
            throw new DicomFormatException("a JPEG Huffman table is damaged");
        }

        return new HuffmanTable(payload[..16], payload.Slice(16, total));
    }

    /// <summary>The next symbol; at least 16 bits must have been filled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Decode(ref EntropyReader reader)
    {
        int entry = lookup[reader.Peek(LookupBits)];
        if (entry == 0)
        {
            return DecodeLong(ref reader);
        }

        reader.Skip(entry >> 8);
        return entry & 0xFF;
    }

    private byte DecodeLong(ref EntropyReader reader)
    {
        int bits = reader.Peek(16);
        for (int length = LookupBits + 1; length <= 16; length++)
        {
            if (bits >= limit[length])
            {
                continue;
            }

            reader.Skip(length);
            return symbols[(bits >> (16 - length)) + symbolOffset[length]];
        }

        throw new DicomFormatException("the JPEG data holds a code that its Huffman table has not");
    }

    private HuffmanCode[] AssignCodes()
    {
        var codes = new HuffmanCode[256];
        int code = 0;
        int index = 0;
        for (int length = 1; length <= 16; length++)
        {
            int count = counts[length - 1];
            if (code + count > 1 << length)
            {
                throw new DicomFormatException("a JPEG Huffman table has more codes than bits allow");
            }

            symbolOffset[length] = index - code;
            for (int i = 0; i < count; i++, index++, code++)
            {
                Assign(codes, new HuffmanCode((ushort)code, (byte)length), symbols[index]);
            }

            limit[length] = code << (16 - length);
            code <<= 1;
        }

        return codes;
    }

    private void Assign(HuffmanCode[] codes, HuffmanCode code, byte symbol)
    {
        if (codes[symbol].Length == 0)
        {
            codes[symbol] = code;
        }

        if (code.Length > LookupBits)
        {
            return;
        }

        int shift = LookupBits - code.Length;
        lookup.AsSpan(code.Bits << shift, 1 << shift).Fill((ushort)(code.Length << 8 | symbol));
    }
}
