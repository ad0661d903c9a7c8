using Smi.Dicom;

namespace Smi.Deid.Explanations;

/// <summary>Lays the edited data set beside its original, attribute by attribute, items by the items they were copied from.</summary>
internal sealed class AttributeDifferences(IRuleReasons reasons)
{
    private const int LongestText = 1024;
    private readonly List<ExplainedAttribute> found = [];

    public static IReadOnlyList<ExplainedAttribute> Of(DicomDataSet original, DicomDataSet edited, IRuleReasons reasons)
    {
        var differences = new AttributeDifferences(reasons);
        differences.Compare(original, edited, "");
        return differences.found;
    }

    private void Compare(DicomDataSet original, DicomDataSet edited, string path)
    {
        var tags = original.Elements.Concat(edited.Elements).Select(element => element.Tag).Where(tag => !tag.IsGroupLength).Distinct().Order();
        foreach (var tag in tags)
        {
            Compare(original, edited, path, tag);
        }
    }

    private void Compare(DicomDataSet original, DicomDataSet edited, string path, DicomTag tag)
    {
        var (before, after) = (original.Find(tag), edited.Find(tag));
        found.Add(new ExplainedAttribute
        {
            Path = path + NameOf(tag),
            What = What(before, after),
            Why = before is null ? "says what was done, or is wanted by a rule" : reasons.Of(before, original),
            Before = before is null ? null : ValueOf(before, original),
            After = after is null ? null : ValueOf(after, edited),
        });
        if (after is SequenceElement sequence && before is SequenceElement)
        {
            for (var index = 0; index < sequence.Items.Count; index++)
            {
                var item = sequence.Items[index];
                Compare(item.Original ?? new DicomDataSet(), item, $"{path}{tag}[{index}].");
            }
        }
    }

    private static string What(DicomElement? before, DicomElement? after) => (before, after) switch
    {
        (null, _) => "made",
        (_, null) => "removed",
        (SequenceElement { Items.Count: > 0 }, SequenceElement { Items.Count: 0 }) => "emptied",
        (SequenceElement, SequenceElement { Items: [{ Original: null }, ..] }) => "replaced",
        (SequenceElement, SequenceElement) => "kept, and its items are treated",
        _ when ReferenceEquals(before, after) => "kept",
        (ValueElement { Length: > 0 }, ValueElement { Length: 0 }) => "emptied",
        (ValueElement old, ValueElement now) when old.Value.ToMemory().Span.SequenceEqual(now.Value.ToMemory().Span) => "kept",
        _ => "replaced",
    };

    private static string? ValueOf(DicomElement element, DicomDataSet holder) => element switch
    {
        SequenceElement sequence => $"{sequence.Items.Count} items",
        ValueElement value when value.EffectiveVR.IsText() || value.EffectiveVR == VR.UN || value.EffectiveVR.UnitSize() > 1 => value.Length <= LongestText ? holder.TextOf(value) : $"{value.Length} bytes",
        ValueElement value => $"{value.Length} bytes",
        _ => null,
    };

    private static string NameOf(DicomTag tag) => DicomDictionary.Find(tag) is { } entry ? $"{tag} {entry.Name}" : tag.ToString();
}
