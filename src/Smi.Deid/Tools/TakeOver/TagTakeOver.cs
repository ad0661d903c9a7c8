using Smi.Deid.Files;
using Smi.Deid.Tags.Ctp;
using Smi.Deid.Tools.Pools;
using Smi.Dicom;

namespace Smi.Deid.Tools.TakeOver;

/// <summary>
/// The whole data set becomes the edited one; group 0002 and what stands behind the data set do not. A policy with a script says what the tool keeps.
/// </summary>
internal sealed class TagTakeOver : ITakeOver
{
    public bool Concerns(DeidContext context) => true;

    public Refusal? From(ToolResult.Produced produced, ToolDefinition tool, DeidContext context, CancellationToken cancellation)
    {
        if (tool.Reads == ToolInput.Original && context.SourcePath is { } original && FileComparison.AreEqual(produced.Path, original))
        {
            return new Refusal($"the tool {tool.Name} gave the original back");
        }

        if (produced.File.DataSet.Count == 0)
        {
            return new Refusal($"the tool {tool.Name} left no attribute at all");
        }

        // It must still be the same kind of object: whatever we know about the original would say nothing about another.
        if (produced.File.DataSet.GetString(DicomTags.SopClassUid) is { } written && written != context.Original.GetString(DicomTags.SopClassUid))
        {
            return new Refusal($"the tool {tool.Name} made an object of another SOP class");
        }

        // ctp-anon-cli for one ruins deflated files so and says that all is well.
        if (context.Original.Contains(DicomTags.PixelData) && !produced.File.DataSet.Contains(DicomTags.PixelData))
        {
            return new Refusal($"the tool {tool.Name} lost the Pixel Data");
        }

        context.Edited = produced.File.DataSet.Copy();
        context.OutputSyntax = produced.File.TransferSyntax;
        context.TagTool = tool.Name;
        context.IsTagToolAlone = tool.Reads == ToolInput.Original;
        if (context.IsTagToolAlone && context.Policy.Script is { } script)
        {
            KeptIdentifiers.Report(script, context);
        }

        return null;
    }
}
