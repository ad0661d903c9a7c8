using Smi.Deid.Reports;
using Smi.Deid.Tools.Pools;
using Smi.Dicom;

namespace Smi.Deid.Tools.TakeOver;

/// <summary>
/// Content trees, annotations and encapsulated documents are taken from the tool's file; every other attribute stays as our stages made it. Our own
/// engine, if the policy has one, then goes over what the tool wrote: UIDs, dates and names in a tree must be those of the file.
/// </summary>
/// <param name="engine">Our report engine; null when the policy has none.</param>
internal sealed class ReportTakeOver(IDeidStage? engine) : ITakeOver
{
    private static readonly DicomTag[] Content =
    [
        DicomTags.ContentSequence, DicomTags.GraphicAnnotationSequence, DicomTags.EncapsulatedDocument, ReportTags.EncapsulatedDocumentLength,
    ];

    public bool Concerns(DeidContext context) => Content.Any(context.Original.Contains);

    public Refusal? From(ToolResult.Produced produced, ToolDefinition tool, DeidContext context, CancellationToken cancellation)
    {
        var made = produced.File.DataSet.Copy();
        foreach (var tag in Content)
        {
            if (made.Find(tag) is { } element)
            {
                context.Edited.Set(element);
            }
            else
            {
                context.Edited.Remove(tag);
            }
        }

        SayWhatWasDone(made, context);
        return CharacterSetFault(made, tool, context)
            ?? (tool.Reads == ToolInput.Edited ? null : GoOver(produced, context, cancellation));
    }

    private Refusal? GoOver(ToolResult.Produced produced, DeidContext context, CancellationToken cancellation) => engine switch
    {
        // It puts content back from what it reads, which must be the tool's and not the original's.
        ReportStage stage => !context.IsTagToolAlone ? stage.Apply(context.ReadingFrom(produced.File), cancellation) : null,
        _ => engine?.Apply(context, cancellation),
    };

    private static void SayWhatWasDone(DicomDataSet made, DeidContext context)
    {
        if (made.Contains(DicomTags.ContentSequence))
        {
            context.Report.CarriedOut(MethodCodes.CleanStructuredContent);
        }

        if (made.Contains(DicomTags.GraphicAnnotationSequence))
        {
            context.Report.CarriedOut(MethodCodes.CleanGraphics);
        }
    }

    // Texts mean what their character set says; those of one file are not readable by that of another.
    private static Refusal? CharacterSetFault(DicomDataSet made, ToolDefinition tool, DeidContext context) =>
        made.GetString(DicomTags.SpecificCharacterSet) == context.Edited.GetString(DicomTags.SpecificCharacterSet)
            ? null
            : new Refusal($"the tool {tool.Name} wrote its texts in another character set than the file has");
}
