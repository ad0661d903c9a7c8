using Smi.Dicom;

namespace Smi.Deid.Identifiers;

/// <summary>Which attributes hold identifiers, and of what kind: <c>identifying-attributes.tsv</c>, and every person name.</summary>
public static class IdentifierKinds
{
    private static readonly Dictionary<DicomTag, IdentifierKind> Kinds =
        ResourceTable.Rows(typeof(IdentifierKinds).Assembly, "identifying-attributes.tsv").ToDictionary(TagOf, row => Enum.Parse<IdentifierKind>(row[2]));

    /// <summary>Null for an attribute that holds no identifier.</summary>
    public static IdentifierKind? Of(DicomElement element) =>
        Kinds.TryGetValue(element.Tag, out var kind) ? kind
        : element.EffectiveVR == VR.PN ? IdentifierKind.OtherPersonName
        : null;

    private static DicomTag TagOf(string[] row) =>
        DicomDictionary.FindKeyword(row[0])?.Tag ?? throw new InvalidOperationException($"identifying-attributes.tsv: {row[0]} is no attribute");
}
