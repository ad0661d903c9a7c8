using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>Refuses content trees that nobody can clean surely, before anything is changed.</summary>
internal static class ContentTreeCheck
{
    private const int LongestText = 16 * 1024 * 1024;

    private static readonly HashSet<string> ValueTypes = new(StringComparer.Ordinal)
    {
        "TEXT", "NUM", "CODE", "DATE", "TIME", "DATETIME", "UIDREF", "PNAME", "COMPOSITE", "IMAGE", "WAVEFORM", "SCOORD", "SCOORD3D", "TCOORD", "CONTAINER", "TABLE",
    };

    // PS3.3 C.17.3.2: the concept name is required of these whatever the template.
    private static readonly HashSet<string> Named = new(StringComparer.Ordinal) { "TEXT", "NUM", "CODE", "DATE", "TIME", "DATETIME", "UIDREF", "PNAME" };

    /// <summary>What is wrong with the tree, or null.</summary>
    public static string? Fault(SequenceElement content) => Fault(content, [1]);

    // Positions are counted from 1 beginning with the root, as Referenced Content Item Identifier does (PS3.3 C.17.3.2.5).
    private static string? Fault(SequenceElement content, IReadOnlyList<int> path)
    {
        for (var index = 0; index < content.Items.Count; index++)
        {
            IReadOnlyList<int> place = [.. path, index + 1];
            if (FaultOf(content.Items[index], place) is { } fault) return fault;
        }

        return null;
    }

    private static string? FaultOf(DicomDataSet item, IReadOnlyList<int> place)
    {
        var type = item.GetString(DicomTags.ValueType) ?? "";
        var reference = item.GetNumbers(ReportTags.ReferencedContentItemIdentifier);
        if (reference.Length > 0 && IsAncestor(reference, place)) return "the content tree refers to itself";
        if (type.Length == 0 && reference.Length > 0) return null;
        if (!ValueTypes.Contains(type)) return "a content item has an unknown value type";
        if (Named.Contains(type) && item.FindSequence(ReportTags.ConceptNameCodeSequence) is not { Items.Count: > 0 }) return "a content item has no concept name";
        if (type == "TEXT" && FaultOfText(item) is { } fault) return fault;
        return item.FindSequence(DicomTags.ContentSequence) is { } nested ? Fault(nested, place) : null;
    }

    private static bool IsAncestor(double[] reference, IReadOnlyList<int> place)
    {
        if (reference.Length > place.Count) return false;
        for (var index = 0; index < reference.Length; index++)
        {
            if ((int)reference[index] != place[index]) return false;
        }

        return true;
    }

    private static string? FaultOfText(DicomDataSet item)
    {
        if (item.FindValue(DicomTags.TextValue) is not { } element) return null;
        if (element.Length > LongestText) return "a content item holds more text than a report can";
        var text = item.TextOf(element);
        return text.AsSpan().IndexOfAnyInRange('\u0000', '\u0008') >= 0 || text.AsSpan().IndexOfAnyInRange('\u000E', '\u001A') >= 0 ? "a content item holds binary data as text" : null;
    }
}
