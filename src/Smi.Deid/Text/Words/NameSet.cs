namespace Smi.Deid.Text.Words;

/// <summary>
/// Names of many origins that are no English words, too many for a list: a Bloom filter of 2^21 bits and seven hashes that takes less than one word in two hundred for a name that is none.
/// Written by tools/name-model/names.py, which spells the same computation in Python. Immutable.
/// </summary>
internal sealed class NameSet
{
    private const int Bits = 1 << 21;
    private const int Hashes = 7;
    private readonly byte[] table;

    private NameSet(byte[] table) => this.table = table;

    public static NameSet Load()
    {
        using var stream = typeof(NameSet).Assembly.GetManifestResourceStream("text-name-set.bin") ?? throw new InvalidDataException("the resource text-name-set.bin is missing");
        var table = new byte[Bits / 8];
        stream.ReadExactly(table);
        return new NameSet(table);
    }

    public bool Contains(ReadOnlySpan<char> folded)
    {
        var hash = 14695981039346656037ul;
        foreach (var letter in folded) hash = unchecked((hash ^ letter) * 1099511628211ul);
        var (low, step) = ((uint)hash, (uint)(hash >> 32) | 1);
        for (var index = 0u; index < Hashes; index++)
        {
            var bit = unchecked(low + index * step) & (Bits - 1);
            if ((table[bit >> 3] & (1 << (int)(bit & 7))) == 0) return false;
        }

        return true;
    }
}
