namespace Smi.Deid.Tools;

/// <summary>The step of de-identification that a tool does.</summary>
public enum ToolStageKind
{
    Tags,
    Reports,
    Pixels,
}
