using Smi.Deid.Tags.Profile;
using Smi.Deid.Text;
using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>
/// Puts back, cleaned, what the tag stage had to take out whole: the content tree of structured reports and key object notes (Clean Structured
/// Content), annotations of presentation states (Clean Graphics), and encapsulated PDF and CDA documents. Everything is read from the original.
/// </summary>
public sealed class ReportStage : IDeidStage
{
    private readonly TextCleaner cleaner;
    private readonly ProfileTagStage items;
    private readonly UncleanableDocument uncleanable;

    /// <param name="cleaner">Finds what identifies in texts.</param>
    /// <param name="policy">Its retain options hold inside items too.</param>
    /// <param name="uncleanable">What becomes of a document that cannot be cleaned.</param>
    public ReportStage(TextCleaner cleaner, DeidPolicy policy, UncleanableDocument uncleanable = UncleanableDocument.Stub)
    {
        this.cleaner = cleaner;
        // What is put back is cleaned, whether or not the policy cleans the descriptors of the file as well.
        items = new ProfileTagStage(policy, cleaner.CleanDescriptor);
        this.uncleanable = uncleanable;
    }

    public string Name => "reports";

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        try
        {
            return CleanContent(context) ?? CleanGraphics(context) ?? EncapsulatedDocumentCleaning.Apply(cleaner, context, uncleanable);
        }
        catch (TimeoutException slow)
        {
            // Thrown by the rules of a site; the message names the rule.
            return new Refusal(slow.Message);
        }
    }

    private Refusal? CleanContent(DeidContext context)
    {
        if (!context.Policy.Clean.HasFlag(CleanOptions.StructuredContent) || context.Original.FindSequence(DicomTags.ContentSequence) is not { Items.Count: > 0 } original) return null;
        if (ContentTreeCheck.Fault(original) is { } fault) return new Refusal(fault);
        var content = CopyOf(context, DicomTags.ContentSequence);
        new ContentTreeCleaner(cleaner, items, context, ContentNames.Learn(original, context.Known, cleaner)).Clean(content);
        context.Edited.Set(content);
        context.Report.CarriedOut(MethodCodes.CleanStructuredContent);
        return null;
    }

    private Refusal? CleanGraphics(DeidContext context)
    {
        if (!context.Policy.Clean.HasFlag(CleanOptions.Graphics) || !context.Original.Contains(DicomTags.GraphicAnnotationSequence)) return null;
        var graphics = CopyOf(context, DicomTags.GraphicAnnotationSequence);
        foreach (var item in graphics.Items) items.ApplyTo(item, context);
        context.Edited.Set(graphics);
        context.Report.CarriedOut(MethodCodes.CleanGraphics);
        return null;
    }

    /// <summary>Fresh items of the original: the tag stage has emptied those of the edited data set.</summary>
    private static SequenceElement CopyOf(DeidContext context, DicomTag tag)
    {
        var copy = context.Original.Copy().FindSequence(tag) ?? throw new DicomFormatException($"{tag} is no sequence");
        return new SequenceElement(tag, copy.Items);
    }
}
