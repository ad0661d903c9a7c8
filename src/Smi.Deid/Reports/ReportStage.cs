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

    /// <param name="cleaner">Finds what identifies in texts.</param>
    /// <param name="policy">Its retain options hold inside items too.</param>
    public ReportStage(TextCleaner cleaner, DeidPolicy policy)
    {
        this.cleaner = cleaner;
        // What is put back is cleaned, whether or not the policy cleans the descriptors of the file as well.
        items = new ProfileTagStage(policy, cleaner.CleanDescriptor);
    }

    public string Name => "reports";

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        try
        {
            return CleanContent(context) ?? CleanGraphics(context) ?? EncapsulatedDocumentCleaning.Apply(cleaner, context);
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
        var cleaning = new ContentTreeCleaner(new ReportTexts(cleaner, context, ContentNames.Learn(original, context.Known, cleaner)), items, context);
        cleaning.Clean(content);
        context.Edited.Set(content);
        if (cleaning.IsChanged) WithdrawVerification(context);
        context.Report.CarriedOut(MethodCodes.CleanStructuredContent);
        return null;
    }

    // PS3.3 C.17.2: nobody has attested the text as it now stands. It is still complete in the sense of the Completion Flag: no item is missing.
    private static void WithdrawVerification(DeidContext context)
    {
        if (context.Edited.GetString(ReportTags.VerificationFlag) != "VERIFIED") return;
        context.Edited.SetString(ReportTags.VerificationFlag, VR.CS, "UNVERIFIED");
        context.Edited.Remove(ReportTags.VerifyingObserverSequence);
        context.Report.Note("the report was changed, so it no longer counts as verified");
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
