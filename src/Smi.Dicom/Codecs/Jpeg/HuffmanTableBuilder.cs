namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// Makes the best Huffman table of at most 16 bits for given frequencies (package-merge), leaving the code of all ones unused as
/// T.81 annex C demands.
/// </summary>
internal static class HuffmanTableBuilder
{
    private const int MaximumLength = 16;

    // Sorted first, so that it gets the longest code, and dropped: nothing else then has all ones.
    private const int Reserved = -1;

    /// <param name="frequencies">By symbol, at most 256 of them; symbols of frequency 0 get no code.</param>
    public static HuffmanTable Build(ReadOnlySpan<int> frequencies)
    {
        var leaves = new List<Node> { new(1, Reserved, null, null) };
        for (int symbol = 0; symbol < frequencies.Length; symbol++)
        {
            if (frequencies[symbol] > 0)
            {
                leaves.Add(new Node(frequencies[symbol], symbol, null, null));
            }
        }

        // OrderBy is stable: the reserved symbol stays before others as rare.
        leaves = [.. leaves.OrderBy(leaf => leaf.Weight)];
        return ToTable(leaves, Lengths(leaves));
    }

    private static Dictionary<int, int> Lengths(List<Node> leaves)
    {
        List<Node> level = leaves;
        for (int i = 1; i < MaximumLength; i++)
        {
            level = Merge(leaves, Pair(level));
        }

        var lengths = new Dictionary<int, int>();
        foreach (Node node in level.Take(2 * leaves.Count - 2))
        {
            CountLeaves(node, lengths);
        }

        return lengths;
    }

    private static List<Node> Pair(List<Node> level)
    {
        var pairs = new List<Node>(level.Count / 2);
        for (int i = 0; i + 1 < level.Count; i += 2)
        {
            pairs.Add(new Node(level[i].Weight + level[i + 1].Weight, 0, level[i], level[i + 1]));
        }

        return pairs;
    }

    private static List<Node> Merge(List<Node> leaves, List<Node> pairs)
    {
        var merged = new List<Node>(leaves.Count + pairs.Count);
        int leaf = 0;
        foreach (Node pair in pairs)
        {
            while (leaf < leaves.Count && leaves[leaf].Weight <= pair.Weight)
            {
                merged.Add(leaves[leaf++]);
            }

            merged.Add(pair);
        }

        merged.AddRange(leaves[leaf..]);
        return merged;
    }

    private static void CountLeaves(Node node, Dictionary<int, int> lengths)
    {
        if (node is { First: { } first, Second: { } second })
        {
            CountLeaves(first, lengths);
            CountLeaves(second, lengths);
            return;
        }

        lengths[node.Symbol] = lengths.GetValueOrDefault(node.Symbol) + 1;
    }

    private static HuffmanTable ToTable(List<Node> leaves, Dictionary<int, int> lengths)
    {
        Span<byte> counts = stackalloc byte[MaximumLength];
        var symbols = new List<byte>();
        foreach (Node leaf in leaves.Where(l => l.Symbol != Reserved).OrderBy(l => lengths[l.Symbol]))
        {
            counts[lengths[leaf.Symbol] - 1]++;
            symbols.Add((byte)leaf.Symbol);
        }

        return new HuffmanTable(counts, [.. symbols]);
    }

    private sealed record Node(long Weight, int Symbol, Node? First, Node? Second);
}
