using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>
/// Private attributes that are known to be safe: PS3.15 table E.3.10-1, and a table of the site. A block is recognised by its creator in
/// the same data set.
/// </summary>
public sealed class SafePrivateAttributes
{
    /// <summary>The standard's table alone.</summary>
    public static readonly SafePrivateAttributes Standard = LoadStandard();

    private readonly Dictionary<(ushort Group, string Creator, byte Element), SafePrivateAttribute> safe;

    private SafePrivateAttributes(Dictionary<(ushort, string, byte), SafePrivateAttribute> safe, string description) => (this.safe, Description) = (safe, description);

    /// <summary>Tells tables apart in <see cref="DeidPolicy.Fingerprint"/>.</summary>
    public string Description { get; }

    /// <summary>The standard's table with the rows of a CSV file over it, in either of the forms of <see cref="SafePrivateTable"/>.</summary>
    /// <exception cref="SafePrivateTableException">The file cannot be read or has a row that says nothing or a second thing.</exception>
    public static SafePrivateAttributes Load(string path)
    {
        var safe = new Dictionary<(ushort, string, byte), SafePrivateAttribute>(Standard.safe);
        var table = SafePrivateTable.Load(path);
        foreach (var (key, attribute) in table.Rows)
        {
            safe[key] = attribute;
        }

        return new SafePrivateAttributes(safe, table.Fingerprint);
    }

    /// <summary>What the list says of a private attribute; null when it is not on it.</summary>
    internal SafePrivateAttribute? Find(DicomDataSet holder, DicomTag tag) =>
        holder.GetString(tag.PrivateCreatorTag) is { Length: > 0 } creator
        && safe.TryGetValue((tag.Group, creator, (byte)tag.Element), out var attribute) && attribute.Kind != SafePrivateKind.Remove
            ? attribute
            : null;

    private static SafePrivateAttributes LoadStandard()
    {
        var safe = new Dictionary<(ushort, string, byte), SafePrivateAttribute>();
        foreach (var row in ResourceTable.Rows(typeof(SafePrivateAttributes).Assembly, "safe-private-attributes.tsv"))
        {
            // (gggg,xxee): the block number is chosen by each writer.
            var group = Convert.ToUInt16(row[0][1..5], 16);
            var element = Convert.ToByte(row[0][8..10], 16);
            var attribute = SafePrivateAttribute.Of(VRTraits.Parse(row[2]));
            // A version has the form of a UID and names no instance.
            var isVersion = attribute.VR == VR.UI && !row[4].Contains("UID", StringComparison.Ordinal);
            safe[(group, row[1].Trim(), element)] = isVersion ? attribute with { Kind = SafePrivateKind.Keep } : attribute;
        }

        return new SafePrivateAttributes(safe, "");
    }
}
