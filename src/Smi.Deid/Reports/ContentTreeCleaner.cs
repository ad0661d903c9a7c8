using Smi.Deid.Tags.Profile;
using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>
/// Cleans a content tree in place. The tree itself, value types, codes of public schemes, measurements and coordinates stay; texts, names,
/// meanings of private codes lose what identifies; dates and UIDs are replaced as everywhere else in the file.
/// </summary>
internal sealed class ContentTreeCleaner(ReportTexts texts, ProfileTagStage items, DeidContext context)
{
    // The values of DATE, TIME and DATETIME items: what a report says happened when.
    private static readonly DicomTag[] Times = [new(0x0040A121), new(0x0040A122), new(0x0040A120)];

    // Meanings of these are the standards' own; of any other scheme somebody at the site wrote them.
    internal static readonly HashSet<string> PublicSchemes = new(StringComparer.Ordinal) { "DCM", "SCT", "SRT", "SNM3", "99SDM", "LN", "UCUM", "RADLEX", "FMA", "NCIt", "UMLS", "I10", "I9", "ISO639_1", "ISO3166_1", "MDC", "BI", "IBSI" };

    /// <summary>Whether any text, name or meaning had to be changed.</summary>
    public bool IsChanged { get; private set; }

    public void Clean(SequenceElement content)
    {
        var tree = new TreeTexts(content, texts);
        IsChanged |= tree.IsChanged;
        Clean(content, tree);
    }

    private void Clean(SequenceElement content, TreeTexts tree)
    {
        foreach (var item in content.Items) CleanItem(item, tree);
    }

    private void CleanItem(DicomDataSet item, TreeTexts tree)
    {
        // The tag stage empties content sequences, so the nested one waits outside.
        var nested = item.FindSequence(DicomTags.ContentSequence);
        item.Remove(DicomTags.ContentSequence);
        items.ApplyTo(item, context);
        IsChanged |= Times.Any(tag => item.Original?.GetString(tag) is { Length: > 0 } time && item.GetString(tag) != time);
        CleanCodes(item);
        CleanText(item, tree);
        ReplaceName(item);
        if (nested is null) return;
        Clean(nested, tree);
        item.Set(new SequenceElement(DicomTags.ContentSequence, nested.Items));
    }

    private void CleanText(DicomDataSet item, TreeTexts tree)
    {
        if (item.Original?.FindValue(DicomTags.TextValue) is not { Length: > 0 } element) return;
        var text = item.Original.TextOf(element);
        var cleaned = IdentifyingConcepts.PlaceholderOf(item.Original) ?? tree.Of(item) ?? texts.Clean(text);
        IsChanged |= cleaned != text;
        if (cleaned == text) item.Set(element);
        else item.SetString(DicomTags.TextValue, VR.UT, cleaned);
    }

    /// <summary>The patient keeps one pseudonym in the whole file; every other person has one of their own.</summary>
    private void ReplaceName(DicomDataSet item)
    {
        if (item.Original?.GetString(ReportTags.PersonName) is not { Length: > 0 } name) return;
        IsChanged = true;
        item.SetString(ReportTags.PersonName, VR.PN, ContentPersons.PseudonymOf(name, context));
    }

    /// <summary>Every coded entry below the item but those of nested content items, at any depth.</summary>
    private void CleanCodes(DicomDataSet dataSet)
    {
        foreach (var sequence in dataSet.Elements.OfType<SequenceElement>().ToList())
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
        if (entry.Original?.FindValue(DicomTags.CodeMeaning) is not { } meaning || !entry.Contains(DicomTags.CodeMeaning)) return;
        var scheme = entry.Original.GetString(DicomTags.CodingSchemeDesignator) ?? "";
        var text = entry.Original.TextOf(meaning);
        var cleaned = PublicSchemes.Contains(scheme) ? text : texts.Clean(text, 64);
        IsChanged |= cleaned != text;
        if (cleaned == text) entry.Set(meaning);
        else entry.SetString(DicomTags.CodeMeaning, VR.LO, cleaned);
    }
}
