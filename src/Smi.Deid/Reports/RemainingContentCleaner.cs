using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>
/// Cleans in place what a script has left of a content tree: texts, names of persons, meanings of private codes. Everything else is the
/// script's decision.
/// </summary>
internal sealed class RemainingContentCleaner(ReportTexts texts, DeidContext context)
{
    private const int LongestMeaning = 64;

    public void Clean(SequenceElement content) => Clean(content, new TreeTexts(content, texts));

    private void Clean(SequenceElement content, TreeTexts tree)
    {
        foreach (var item in content.Items)
        {
            CleanItem(item, tree);
        }
    }

    private void CleanItem(DicomDataSet item, TreeTexts tree)
    {
        CleanCodes(item);
        CleanText(item, tree);
        ReplaceName(item);
        if (item.FindSequence(DicomTags.ContentSequence) is { } nested)
        {
            Clean(nested, tree);
        }
    }

    private void CleanText(DicomDataSet item, TreeTexts tree)
    {
        if (item.FindValue(DicomTags.TextValue) is not { Length: > 0 } element)
        {
            return;
        }

        var text = item.TextOf(element);
        var cleaned = IdentifyingConcepts.PlaceholderOf(item.Original ?? item) ?? tree.Of(item) ?? texts.Clean(text);
        if (cleaned != text)
        {
            item.SetString(DicomTags.TextValue, VR.UT, cleaned);
        }
    }

    /// <summary>Every coded entry below the item but those of nested content items, at any depth.</summary>
    private void CleanCodes(DicomDataSet dataSet)
    {
        foreach (var sequence in dataSet.Elements.OfType<SequenceElement>().Where(sequence => sequence.Tag != DicomTags.ContentSequence).ToList())
        {
            foreach (var entry in sequence.Items)
            {
                CleanMeaning(entry);
                CleanCodes(entry);
            }
        }
    }

    private void CleanMeaning(DicomDataSet entry)
    {
        var scheme = (entry.Original ?? entry).GetString(DicomTags.CodingSchemeDesignator) ?? "";
        if (ContentTreeCleaner.PublicSchemes.Contains(scheme) || entry.GetString(DicomTags.CodeMeaning) is not { Length: > 0 } text)
        {
            return;
        }

        var cleaned = texts.Clean(text, LongestMeaning);
        if (cleaned != text)
        {
            entry.SetString(DicomTags.CodeMeaning, VR.LO, cleaned);
        }
    }

    // A name that the script has changed is the script's own.
    private void ReplaceName(DicomDataSet item)
    {
        if (item.GetString(ReportTags.PersonName) is { Length: > 0 } name && item.Original?.GetString(ReportTags.PersonName) == name)
        {
            item.SetString(ReportTags.PersonName, VR.PN, ContentPersons.PseudonymOf(name, context));
        }
    }
}
