namespace Smi.Deid.Tools;

/// <summary>The words of reports and refusals for the steps that tools do.</summary>
public static class StageNames
{
    public static string Of(ToolStageKind stage) => stage switch
    {
        ToolStageKind.Tags => "tags",
        ToolStageKind.Reports => "reports",
        _ => "pixels",
    };
}
