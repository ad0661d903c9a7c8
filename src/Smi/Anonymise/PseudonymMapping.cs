using System.Collections.Concurrent;
using CsvHelper;
using Smi.Deid;
using Smi.Dicom;

namespace Smi.Anonymise;

/// <summary>Which original became which replacement, for those who asked for it. Filled from many threads.</summary>
internal sealed class PseudonymMapping
{
    private readonly ConcurrentDictionary<(string Kind, string Original), string> pairs = new();

    // A tool's file does not know what it was made from.
    public void Collect(DeidContext context) => Collect(context.Edited, context.TagTool is null ? context.Edited.Original : context.Original);

    public void Write(string path)
    {
        using var file = PrivateFile.Create(path);
        using var text = new StreamWriter(file);
        using var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord("kind", "original", "replacement");
        foreach (var ((kind, original), replacement) in pairs.OrderBy(pair => pair.Key.Kind, StringComparer.Ordinal).ThenBy(pair => pair.Key.Original, StringComparer.Ordinal))
        {
            csv.WriteRecord(kind, original, replacement);
        }
    }

    private void Collect(DicomDataSet edited, DicomDataSet? original)
    {
        if (original is null)
        {
            return;
        }

        foreach (var element in edited.Elements)
        {
            if (element is SequenceElement sequence)
            {
                foreach (var item in sequence.Items)
                {
                    Collect(item, item.Original);
                }
            }
            else if (element is ValueElement value && original.FindValue(value.Tag) is { } before)
            {
                Add(edited, value, original, before);
            }
        }
    }

    private void Add(DicomDataSet edited, ValueElement after, DicomDataSet original, ValueElement before)
    {
        var kind = after.Tag == DicomTags.PatientId ? "patient_id" : after.EffectiveVR == VR.UI ? "uid" : null;
        var (originals, replacements) = (original.ValuesOf(before), edited.ValuesOf(after));
        for (var index = 0; kind is not null && index < Math.Min(originals.Count, replacements.Count); index++)
        {
            if (originals[index] != replacements[index])
            {
                pairs[(kind, originals[index])] = replacements[index];
            }
        }
    }
}
