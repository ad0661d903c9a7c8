using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// De-identifies attributes by a CTP script. Functions read original values only, so the order of rules does not matter; docs/ctp-compatibility.md
/// lists where the results differ from the original's on purpose.
/// </summary>
public sealed class CtpTagStage(CtpScript script) : IDeidStage
{
    public string Name => "tags";

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        var run = new Evaluation(script, context.Original, context.Source.FileMeta, context.Now);
        var file = new FileEdit(script, run, context);
        var edited = context.Edited;
        if (run.AddedCharacterSet is { } added)
        {
            edited.Set(added);
        }

        // A file without transfer syntax is written in the one that every reader knows.
        if (context.Source.FileMeta?.Contains(DicomTags.TransferSyntaxUid) != true && !context.OutputSyntax.IsEncapsulated)
        {
            context.OutputSyntax = TransferSyntax.ExplicitLittleEndian;
        }

        var encoding = run.AddedCharacterSet is null ? OriginalCharacterSet.ForWriting(edited, script.IsStrict) : OriginalCharacterSet.Latin1;
        var missing = new MissingElements(file, encoding).Make();
        new DataSetEditor(file, edited, isRoot: true, isKeptByName: false, encoding).Edit();
        if (run.Refusal is { } reason)
        {
            return new Refusal(reason);
        }

        missing.ForEach(edited.Set);
        KeptIdentifiers.Report(script, context);
        return null;
    }
}
