using Smi.Deid.Pixels;
using Smi.Deid.Reports;
using Smi.Deid.Tools.TakeOver;

namespace Smi.Deid.Tools;

/// <summary>Puts tools where our engines stand: tags first, then reports, then pixels.</summary>
internal static class ToolStages
{
    public static List<IDeidStage> Put(ToolSet tools, IReadOnlyList<IDeidStage> builtIn)
    {
        var (tags, extent) = (builtIn[0], builtIn.OfType<PixelDataExtentStage>().FirstOrDefault());
        var (reports, pixels) = (builtIn.FirstOrDefault(stage => stage is ReportStage or RemainingTextStage), builtIn.OfType<PixelStage>().FirstOrDefault());
        List<IDeidStage> stages =
        [
            new ToolStage(ToolStageKind.Tags, tools.For(ToolStageKind.Tags), new TagTakeOver(), tags),
            new ToolStage(ToolStageKind.Reports, tools.For(ToolStageKind.Reports), new ReportTakeOver(reports), reports),
        ];
        if (extent is not null)
        {
            stages.Add(extent);
        }

        stages.Add(new ToolStage(ToolStageKind.Pixels, tools.For(ToolStageKind.Pixels), new PixelTakeOver(), pixels));
        return stages;
    }
}
