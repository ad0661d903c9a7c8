using Smi.Deid.Tags.Ctp;
using Smi.Dicom;

namespace Smi.Deid.Pixels.Regions;

/// <summary>The attributes that rules look at: the original data set and its file meta information.</summary>
internal sealed class RuleSubject(DicomDataSet original, DicomDataSet? fileMeta)
{
    public DicomDataSet Original { get; } = original;

    public bool IsPresent(DicomTag tag) => Holder(tag).Find(tag) switch
    {
        null => false,
        SequenceElement sequence => sequence.Items.Count > 0,
        _ => true,
    };

    public bool IsEmpty(DicomTag tag) => Holder(tag).Find(tag) switch
    {
        ValueElement value => Holder(tag).TextOf(value).Length == 0,
        SequenceElement sequence => sequence.Items.Count == 0,
        _ => false,
    };

    /// <summary>
    /// The text of the attribute and each of its values. One that the data set itself does not have is looked for in its items: rules ask
    /// for Code Meaning, which stands nowhere else.
    /// </summary>
    public IReadOnlyList<string> Texts(DicomTag tag)
    {
        var holder = Holder(tag);
        return holder.Contains(tag) ? TextsOf(holder, tag) : [.. Nested(holder).SelectMany(item => TextsOf(item, tag))];
    }

    /// <summary>The value as CTP sees it: of several all in one text, of items the first alone; empty when it is missing.</summary>
    public string CtpText(ElementReference attribute)
    {
        if (attribute.Locate(Original, (dataSet, tag) => dataSet.FindSequence(tag)) is not var (holder, tag))
        {
            return string.Empty;
        }

        // Groups up to 0007 are those of the file meta information.
        var dataSet = tag.Group < 0x0008 ? fileMeta : holder;
        return dataSet?.Find(tag) is { } element ? OriginalText.Of(element, dataSet, dataSet.CharacterSet, isStrict: false) ?? string.Empty : string.Empty;
    }

    private DicomDataSet Holder(DicomTag tag) => tag.Group == 2 && fileMeta is not null ? fileMeta : Original;

    private static List<string> TextsOf(DicomDataSet dataSet, DicomTag tag)
    {
        if (dataSet.FindValue(tag) is not { } element)
        {
            return [];
        }

        var values = dataSet.ValuesOf(element);
        return values.Count > 1 ? [dataSet.TextOf(element), .. values] : [.. values];
    }

    private static IEnumerable<DicomDataSet> Nested(DicomDataSet dataSet)
    {
        var items = dataSet.Elements.OfType<SequenceElement>().SelectMany(sequence => sequence.Items);
        return items.SelectMany(item => Nested(item).Prepend(item));
    }
}
