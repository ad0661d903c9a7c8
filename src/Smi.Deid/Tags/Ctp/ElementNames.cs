using System.Globalization;
using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>The attribute names that scripts may use and the VRs that new attributes get: those of dcm4che 1.4, not DICOM keywords.</summary>
internal static class ElementNames
{
    private static readonly Dictionary<string, DicomTag> Tags = new(StringComparer.Ordinal);
    private static readonly Dictionary<DicomTag, VR> VRs = [];

    static ElementNames()
    {
        foreach (var row in ResourceTable.Rows(typeof(ElementNames).Assembly, "ctp-element-names.tsv"))
        {
            var tag = new DicomTag(uint.Parse(row[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            Tags.TryAdd(row[0], tag);
            VRs.TryAdd(tag, VRTraits.Parse(row[2]));
        }
    }

    public static DicomTag? Find(string name) => Tags.TryGetValue(name, out var tag) ? tag : null;

    /// <summary>The VR of a new element: SH where the original's dictionary has none, or several.</summary>
    public static VR OriginalVR(DicomTag tag) => VRs.GetValueOrDefault(tag) is var vr and not VR.None ? vr : VR.SH;

    /// <summary>VRs that are younger than the original's library, which reads and writes them as UN.</summary>
    public static bool IsLate(VR vr) => vr is VR.UR or VR.OD or VR.OL or VR.OV or VR.SV or VR.UV;

    /// <summary>The known name nearest to a wrong one, or null when none is near.</summary>
    public static string? Suggest(string name) =>
        DicomDictionary.FindKeyword(name) is { } entry && VRs.ContainsKey(entry.Tag)
            ? Tags.First(pair => pair.Value == entry.Tag).Key
            : Spelling.Nearest(name, Tags.Keys);
}
