namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>How often a scan will use each symbol of each Huffman table; tells which tables lack a code that is needed.</summary>
internal sealed class SymbolStatistics
{
    private readonly int[][] dc = [new int[256], new int[256], new int[256], new int[256]];
    private readonly int[][] ac = [new int[256], new int[256], new int[256], new int[256]];

    public int[] Dc(int slot) => dc[slot];

    public int[] Ac(int slot) => ac[slot];

    /// <summary>The table itself when it has all codes; else one that has the missing ones too, its own kept if there is room.</summary>
    public static HuffmanTable Complete(HuffmanTable table, int[] frequencies)
    {
        var missing = new List<byte>();
        for (int symbol = 0; symbol < 256; symbol++)
        {
            if (frequencies[symbol] > 0 && table.Codes[symbol].Length == 0)
            {
                missing.Add((byte)symbol);
            }
        }

        if (missing.Count == 0)
        {
            return table;
        }

        return missing.Count <= table.FreeLongCodes ? Append(table, missing) : HuffmanTableBuilder.Build(frequencies);
    }

    // Codes of 16 bits come last in a table, so that all others stay as they are.
    private static HuffmanTable Append(HuffmanTable table, List<byte> missing)
    {
        byte[] counts = table.Counts.ToArray();
        counts[15] += (byte)missing.Count;
        return new HuffmanTable(counts, [.. table.Symbols, .. missing]);
    }
}
