using Smi.Deid.Identifiers;
using Smi.Deid.Text;
using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>
/// Cleans in place what a script has left of a content tree: texts, names of persons, meanings of private codes. Everything else is the
/// script's decision.
/// </summary>
internal sealed class RemainingContentCleaner(TextCleaner cleaner, DeidContext context, KnownIdentifiers known)
{
    private const int LongestMeaning = 64;

    public void Clean(SequenceElement content)
    {
        foreach (var item in content.Items)
        {
            CleanItem(item);
        }
    }

    private void CleanItem(DicomDataSet item)
    {
        CleanCodes(item);
        CleanText(item);
        ReplaceName(item);
        if (item.FindSequence(DicomTags.ContentSequence) is { } nested)
        {
            Clean(nested);
        }
    }

    private void CleanText(DicomDataSet item)
    {
        if (item.FindValue(DicomTags.TextValue) is not { Length: > 0 } element)
        {
            return;
        }

        var text = item.TextOf(element);
        var cleaned = IdentifyingConcepts.PlaceholderOf(item.Original ?? item) ?? cleaner.Clean(text, known, TextProfile.Report);
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

        var cleaned = cleaner.Clean(text, known, TextProfile.Report, LongestMeaning);
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
