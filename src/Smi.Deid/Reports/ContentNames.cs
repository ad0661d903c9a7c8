using Smi.Deid.Identifiers;
using Smi.Deid.Text;
using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>Adds to what is known from the header the names that the report itself gives away: its person name items, and names that stand behind a title or label in any of its texts.</summary>
internal static class ContentNames
{
    private static readonly HashSet<string> TellingRules = new(StringComparer.Ordinal) { "title", "name label", "signature" };

    public static KnownIdentifiers Learn(SequenceElement content, KnownIdentifiers known, TextCleaner cleaner)
    {
        var all = new List<KnownIdentifier>(known.All);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Gather(content, known, cleaner, value =>
        {
            if (seen.Add(value)) all.Add(new KnownIdentifier { Kind = IdentifierKind.OtherPersonName, Value = value, Source = DicomTags.TextValue });
        });
        return seen.Count == 0 ? known : new KnownIdentifiers(all);
    }

    private static void Gather(SequenceElement content, KnownIdentifiers known, TextCleaner cleaner, Action<string> add)
    {
        foreach (var item in content.Items)
        {
            if (item.GetString(ReportTags.PersonName) is { Length: > 0 } person) add(person);
            if (item.GetString(DicomTags.TextValue) is { Length: > 0 } text)
            {
                foreach (var span in cleaner.Find(text, known, TextProfile.Report))
                {
                    if (span.Category == TextCategory.Name && TellingRules.Contains(span.Rule)) add(text.Substring(span.Start, span.Length).Replace(',', '^'));
                }
            }

            if (item.FindSequence(DicomTags.ContentSequence) is { } nested) Gather(nested, known, cleaner, add);
        }
    }
}
