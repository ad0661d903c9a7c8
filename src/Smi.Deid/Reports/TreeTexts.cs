using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>The cleaned texts of a content tree, found in the order of the document, so that a text split over two items is read as one.</summary>
internal sealed class TreeTexts
{
    private readonly Dictionary<DicomDataSet, string> cleaned = [];

    public TreeTexts(SequenceElement content, ReportTexts texts)
    {
        var items = new List<DicomDataSet>();
        Gather(content, items);
        var originals = items.Select(TextOf).ToList();
        var results = texts.CleanAll(originals);
        for (var index = 0; index < items.Count; index++)
        {
            cleaned[items[index]] = results[index];
            IsChanged |= results[index] != originals[index];
        }
    }

    /// <summary>Was anything cut from any text?</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The cleaned text of an item; null when it holds none, or holds one that is replaced as a whole.</summary>
    public string? Of(DicomDataSet item) => cleaned.GetValueOrDefault(item);

    private static void Gather(SequenceElement content, List<DicomDataSet> items)
    {
        foreach (var item in content.Items)
        {
            if (Source(item).FindValue(DicomTags.TextValue) is { Length: > 0 } && IdentifyingConcepts.PlaceholderOf(item.Original ?? item) is null) items.Add(item);
            if (item.FindSequence(DicomTags.ContentSequence) is { } nested) Gather(nested, items);
        }
    }

    private static string TextOf(DicomDataSet item) => Source(item) is var source && source.FindValue(DicomTags.TextValue) is { } element ? source.TextOf(element) : "";

    // A script may have written a text of its own; the profile's stage has not been here yet.
    private static DicomDataSet Source(DicomDataSet item) => item.FindValue(DicomTags.TextValue) is null ? item.Original ?? item : item;
}
