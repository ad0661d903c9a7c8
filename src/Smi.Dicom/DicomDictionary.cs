namespace Smi.Dicom;

/// <summary>The data dictionary of PS3.6, repeating groups included. Private attributes are not in it.</summary>
public static class DicomDictionary
{
    private static readonly Dictionary<uint, DictionaryEntry> ByTag = [];
    private static readonly List<(uint Mask, DictionaryEntry Entry)> Repeating = [];
    private static readonly Lazy<Dictionary<string, DictionaryEntry>> ByKeyword = new(IndexKeywords);

    static DicomDictionary()
    {
        foreach (var row in ResourceTable.Rows("data-dictionary.tsv"))
        {
            Add(row);
        }
    }

    public static IEnumerable<DictionaryEntry> All => ByTag.Values;

    public static DictionaryEntry? Find(DicomTag tag)
    {
        if (ByTag.TryGetValue(tag.Value, out var entry))
        {
            return entry;
        }

        foreach (var (mask, repeating) in Repeating)
        {
            if ((tag.Value & mask) == (repeating.Tag.Value & mask))
            {
                return tag.IsPrivate ? null : repeating with { Tag = tag };
            }
        }

        return null;
    }

    public static DictionaryEntry? FindKeyword(string keyword) => ByKeyword.Value.GetValueOrDefault(keyword);

    /// <summary>The VR that an element has in implicit encoding: the dictionary's, LO for private creators, UL for group lengths, else UN (PS3.5 7.1.3).</summary>
    public static VR ImplicitVR(DicomTag tag)
    {
        if (tag.IsGroupLength)
        {
            return VR.UL;
        }

        if (tag.IsPrivate)
        {
            return tag.IsPrivateCreator ? VR.LO : VR.UN;
        }

        var entry = Find(tag);
        return entry is null || entry.VR == VR.None ? VR.UN : entry.OtherVR == VR.OW ? VR.OW : entry.VR;
    }

    private static void Add(string[] row)
    {
        var vrs = row[1].Split(" or ");
        var first = VRTraits.Parse(vrs[0]);
        var second = vrs.Length > 1 ? VRTraits.Parse(vrs[^1]) : VR.None;
        var pattern = row[0];
        // Rows of retired attributes that keep no VR and name stay out: nothing can be known of such an attribute.
        if (row[3].Length == 0 || first == VR.None || !DicomTag.TryParse(pattern.Replace('X', '0'), out var tag))
        {
            return;
        }

        var entry = new DictionaryEntry(tag, first, second, row[2], row[3], row[4], row[5] == "Y");
        if (pattern.Contains('X', StringComparison.Ordinal))
        {
            Repeating.Add((MaskOf(pattern), entry));
        }
        else
        {
            ByTag.Add(tag.Value, entry);
        }
    }

    private static uint MaskOf(string pattern) =>
        pattern.Aggregate(0u, (mask, character) => (mask << 4) | (character == 'X' ? 0u : 0xFu));

    private static Dictionary<string, DictionaryEntry> IndexKeywords() =>
        All.Concat(Repeating.Select(row => row.Entry)).ToDictionary(entry => entry.Keyword, StringComparer.Ordinal);
}
