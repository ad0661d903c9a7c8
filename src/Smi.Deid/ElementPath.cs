using System.Text;
using Smi.Dicom;

namespace Smi.Deid;

/// <summary>Where an attribute stands: sequences with item numbers (zero based), then its tag.</summary>
public sealed class ElementPath
{
    private readonly IReadOnlyList<(DicomTag Sequence, int Item)> steps;

    public ElementPath(IReadOnlyList<(DicomTag Sequence, int Item)> steps, DicomTag tag)
    {
        this.steps = steps;
        Tag = tag;
    }

    public DicomTag Tag { get; }

    /// <summary>The data set that holds the attribute, or null when the path does not lead anywhere in this one.</summary>
    public DicomDataSet? FindHolder(DicomDataSet root)
    {
        var holder = root;
        foreach (var (sequence, item) in steps)
        {
            if (holder.FindSequence(sequence) is not { } found || item >= found.Items.Count)
            {
                return null;
            }

            holder = found.Items[item];
        }

        return holder;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (sequence, item) in steps)
        {
            text.Append(sequence).Append('[').Append(item).Append("].");
        }

        return text.Append(Tag).ToString();
    }
}
