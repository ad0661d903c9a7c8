using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// Strict mode only: what the original does behind Pixel Data, where it copies raw whatever no switch and no <c>@remove()</c> takes
/// away, and walks flat through a sequence it has dropped.
/// </summary>
internal sealed class PostPixelElements(FileEdit file)
{
    private readonly List<DicomElement> spilled = [];
    private bool hasEnded;

    public DicomElement? Decide(DicomElement element)
    {
        hasEnded |= element.Tag == DicomTags.DataSetTrailingPadding || element.Tag == DicomTags.DigitalSignaturesSequence;
        if (hasEnded)
        {
            return null;
        }

        if (!IsDropped(element.Tag))
        {
            return element;
        }

        if (element is SequenceElement { HasDefinedLength: false } sequence && file.Script.Switches.RemovesUnspecified)
        {
            Spill(sequence);
        }

        return null;
    }

    public void AppendTo(DicomDataSet edited)
    {
        foreach (var element in spilled)
        {
            edited.Set(element);
        }
    }

    private bool IsDropped(DicomTag tag)
    {
        var switches = file.Script.Switches;
        if (tag.IsPrivate && tag.Element < 0x0100)
        {
            return switches.RemovesPrivate && !switches.KeepsSafePrivate;
        }

        var rule = file.Script.FindRule(tag, file.Run.Root);
        return (tag.IsPrivate && switches.RemovesPrivate) || (rule is null && switches.RemovesUnspecified) || rule is { StartsWithRemove: true };
    }

    private void Spill(SequenceElement sequence)
    {
        foreach (var element in sequence.Items.Where(item => !item.HasDefinedLength).SelectMany(item => item.Elements))
        {
            if (Decide(element) is { } kept)
            {
                spilled.Add(kept);
            }
        }
    }
}
