using Smi.Deid.Tags.Ctp;
using Smi.Deid.Text;
using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>
/// After a script: cleans the texts that the script has left, each kind under its clean option, and puts nothing back. What a rule of the
/// script writes word for word stays as it is.
/// </summary>
public sealed class RemainingTextStage(CtpScript script, TextCleaner cleaner) : IDeidStage
{
    public string Name => "reports";

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        try
        {
            return CleanContent(context) ?? CleanRest(context);
        }
        catch (TimeoutException slow)
        {
            // Thrown by the rules of a site; the message names the rule.
            return new Refusal(slow.Message);
        }
    }

    private Refusal? CleanContent(DeidContext context)
    {
        if (!context.Policy.Clean.HasFlag(CleanOptions.StructuredContent))
        {
            return null;
        }

        if (context.Edited.FindSequence(DicomTags.ContentSequence) is { Items.Count: > 0 } content && context.Original.FindSequence(DicomTags.ContentSequence) is { } original)
        {
            if (ContentTreeCheck.Fault(original) is { } fault)
            {
                return new Refusal(fault);
            }

            new RemainingContentCleaner(new ReportTexts(cleaner, context, ContentNames.Learn(original, context.Known, cleaner)), context).Clean(content);
            context.Report.CarriedOut(MethodCodes.CleanStructuredContent);
        }

        return EncapsulatedDocumentCleaning.Apply(cleaner, context);
    }

    private Refusal? CleanRest(DeidContext context)
    {
        var descriptors = new RemainingDescriptorCleaner(script, cleaner, context);
        if (context.Policy.Clean.HasFlag(CleanOptions.Graphics) && context.Edited.FindSequence(DicomTags.GraphicAnnotationSequence) is { Items.Count: > 0 } graphics)
        {
            foreach (var item in graphics.Items)
            {
                descriptors.CleanGraphics(item);
            }

            context.Report.CarriedOut(MethodCodes.CleanGraphics);
        }

        if (context.Policy.Clean.HasFlag(CleanOptions.Descriptors))
        {
            descriptors.Clean(context.Edited);
            context.Report.CarriedOut(MethodCodes.CleanDescriptors);
        }

        return null;
    }
}
