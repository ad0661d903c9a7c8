using Smi.Deid.Files;
using Smi.Deid.Reports;
using Smi.Deid.Tools.Pools;
using Smi.Deid.Tools.TakeOver;
using Smi.Dicom;

namespace Smi.Deid.Tools;

/// <summary>
/// One step of de-identification by external programs: the first tool that takes the modality of the file, or else our own engine. What a
/// tool made is taken over by what it is for: attributes, report texts or pixels, and nothing else; verification comes after, as always.
/// </summary>
internal sealed class ToolStage(ToolStageKind kind, IReadOnlyList<ToolPool> pools, ITakeOver takeOver, IDeidStage? builtIn) : IDeidStage
{
    public string Name => StageNames.Of(kind);

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        var modality = context.Original.GetString(DicomTags.Modality) ?? "";
        var pool = takeOver.Concerns(context) ? pools.FirstOrDefault(pool => Takes(pool.Tool, modality)) : null;
        if (pool is null)
        {
            return ApplyBuiltIn(context, cancellation);
        }

        // A tool that reads what our stages made works behind our engine, any other in place of it.
        return (pool.Tool.Reads == ToolInput.Edited ? ApplyBuiltIn(context, cancellation) : null) ?? Apply(pool, modality, context, cancellation);
    }

    // Our report engine would put back, cleaned, what a tool for tags has taken out.
    private Refusal? ApplyBuiltIn(DeidContext context, CancellationToken cancellation) =>
        builtIn is ReportStage && context.IsTagToolAlone ? null : builtIn?.Apply(context, cancellation);

    private static bool Takes(ToolDefinition tool, string modality) =>
        tool.Modalities.Count == 0 || tool.Modalities.Contains(modality, StringComparer.Ordinal);

    private Refusal? Apply(ToolPool pool, string modality, DeidContext context, CancellationToken cancellation)
    {
        var job = new ToolJob { Source = context.SourcePath ?? throw new InvalidOperationException("external tools read files"), Modality = modality, WriteEdited = path => PartFile.Write(path, context, cancellation) };
        switch (pool.Run(job, cancellation))
        {
            case ToolResult.Produced produced:
                context.DisposeWhenWritten(produced);
                context.Report.Note($"{Name} were done by the tool {pool.Tool.Name}");
                context.KeptByPolicy.UnionWith(pool.Tool.MayKeep);
                return takeOver.From(produced, pool.Tool, context, cancellation);
            case ToolResult.Refused refused:
                return new Refusal(refused.Reason);
            default:
                throw new InvalidOperationException("a tool produces a file or refuses it");
        }
    }
}
