using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>Private attributes that are known to be safe: PS3.15 table E.3.10-1. A block is recognised by its creator in the same data set.</summary>
public sealed class SafePrivateAttributes
{
    public static readonly SafePrivateAttributes Standard = LoadStandard();

    private readonly Dictionary<(ushort Group, string Creator, byte Element), VR> safe;

    private SafePrivateAttributes(Dictionary<(ushort, string, byte), VR> safe) => this.safe = safe;

    /// <summary>The VR that the table gives a private attribute; null when it is not on the list.</summary>
    public VR? Find(DicomDataSet holder, DicomTag tag) =>
        holder.GetString(tag.PrivateCreatorTag) is { Length: > 0 } creator && safe.TryGetValue((tag.Group, creator, (byte)tag.Element), out var vr)
            ? vr
            : null;

    private static SafePrivateAttributes LoadStandard()
    {
        var safe = new Dictionary<(ushort, string, byte), VR>();
        foreach (var row in ResourceTable.Rows(typeof(SafePrivateAttributes).Assembly, "safe-private-attributes.tsv"))
        {
            // (gggg,xxee): the block number is chosen by each writer.
            var group = Convert.ToUInt16(row[0][1..5], 16);
            var element = Convert.ToByte(row[0][8..10], 16);
            safe[(group, row[1].Trim(), element)] = VRTraits.Parse(row[2]);
        }

        return new SafePrivateAttributes(safe);
    }
}
