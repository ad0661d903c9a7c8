using Smi.Deid.Text;
using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>DCM concepts whose text is an identifier as a whole (PS3.16 TID 1001 to 1010, observation context).</summary>
internal static class IdentifyingConcepts
{
    private static readonly Dictionary<string, TextCategory> ByCode = new(StringComparer.Ordinal)
    {
        ["121008"] = TextCategory.Name, // Person Observer Name
        ["121009"] = TextCategory.Facility, // Person Observer's Organization Name
        ["128774"] = TextCategory.Id, // Person Observer's Login Name
        ["121013"] = TextCategory.Device, // Device Observer Name
        ["121016"] = TextCategory.Device, // Device Observer Serial Number
        ["121017"] = TextCategory.Facility, // Device Observer Physical Location During Observation
        ["121020"] = TextCategory.Id, // Placer Number
        ["121021"] = TextCategory.Id, // Filler Number
        ["121022"] = TextCategory.Id, // Accession Number
        ["121029"] = TextCategory.Name, // Subject Name
        ["121030"] = TextCategory.Id, // Subject ID
        ["121036"] = TextCategory.Name, // Mother of fetus
    };

    /// <summary>What takes the place of the whole text of a content item; null when its concept names no identifier.</summary>
    public static string? PlaceholderOf(DicomDataSet item) =>
        item.FindSequence(ReportTags.ConceptNameCodeSequence) is { Items: [var concept, ..] }
        && CategoryOf(concept.GetString(DicomTags.CodeValue) ?? "", concept.GetString(DicomTags.CodingSchemeDesignator) ?? "") is { } category
            ? $"[{category.ToString().ToUpperInvariant()}]"
            : null;

    public static TextCategory? CategoryOf(string codeValue, string scheme) => scheme == "DCM" && ByCode.TryGetValue(codeValue, out var category) ? category : null;
}
