using Smi.Deid.Tags.Ctp;
using Smi.Deid.Tags.Profile;
using Smi.Deid.Text;
using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>Cleans the free texts that a script has left: those that Clean Descriptors of PS3.15 cleans under a profile, and texts of annotations.</summary>
internal sealed class RemainingDescriptorCleaner(CtpScript script, TextCleaner cleaner, DeidContext context)
{
    private static readonly ProfileTable Table = new(RetainOptions.None, cleansText: true);

    /// <summary>At every depth, but for content trees and annotations, which have options of their own.</summary>
    public void Clean(DicomDataSet dataSet) => dataSet.Rewrite(element => element switch
    {
        SequenceElement sequence when sequence.Tag == DicomTags.ContentSequence || sequence.Tag == DicomTags.GraphicAnnotationSequence => sequence,
        SequenceElement sequence => CleanItems(sequence),
        ValueElement value when !value.Tag.IsPrivate && Table.RuleFor(value.Tag).Action is var action and (ProfileAction.CleanText or ProfileAction.CleanKnown) => CleanValue(dataSet, value, action == ProfileAction.CleanKnown),
        _ => element,
    });

    public void CleanGraphics(DicomDataSet item) => item.Rewrite(element => element switch
    {
        SequenceElement sequence => CleanGraphicItems(sequence),
        ValueElement value when !value.Tag.IsPrivate => CleanValue(item, value, knownOnly: false),
        _ => element,
    });

    private SequenceElement CleanItems(SequenceElement sequence)
    {
        foreach (var item in sequence.Items)
        {
            Clean(item);
        }

        return sequence;
    }

    private SequenceElement CleanGraphicItems(SequenceElement sequence)
    {
        foreach (var item in sequence.Items)
        {
            CleanGraphics(item);
        }

        return sequence;
    }

    private ValueElement CleanValue(DicomDataSet holder, ValueElement element, bool knownOnly)
    {
        var vr = element.EffectiveVR;
        var isFree = vr is VR.LO or VR.SH or VR.ST or VR.LT or VR.UT or VR.UC;
        if (!isFree || element.Length == 0 || script.FindRule(element.Tag, context.Original) is { Constant: { Kind: not OutcomeKind.Keep } })
        {
            return element;
        }

        var text = holder.TextOf(element);
        var cleaned = vr.IsSingleText()
            ? cleaner.CleanDescriptor(text, context.Known, knownOnly)
            : string.Join('\\', text.Split('\\').Select(value => cleaner.CleanDescriptor(value, context.Known, knownOnly)));
        return cleaned == text ? element : holder.TextElement(element.Tag, vr, cleaned);
    }
}
