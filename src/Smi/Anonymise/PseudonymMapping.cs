using System.Collections.Concurrent;
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
        text.Write("kind,original,replacement\n");
        foreach (var ((kind, original), replacement) in pairs.OrderBy(pair => pair.Key.Kind, StringComparer.Ordinal).ThenBy(pair => pair.Key.Original, StringComparer.Ordinal))
        {
            text.Write($"{kind},{Quoted(original)},{Quoted(replacement)}\n");
        }
    }

    // RFC 4180 2.
    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

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
