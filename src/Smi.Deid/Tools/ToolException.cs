namespace Smi.Deid.Tools;

/// <summary>A tool failed us. The message names the tool and what happened, and never what the tool printed.</summary>
public sealed class ToolException(string tool, ToolStageKind stage, ToolFaultKind kind, string message) : Exception($"the tool {tool} {message}")
{
    public string Tool { get; } = tool;

    public ToolStageKind Stage { get; } = stage;

    public ToolFaultKind Kind { get; } = kind;

    /// <summary>It says nothing about the file: the tool cannot be started at all.</summary>
    public bool IsOfTheMachine => Kind is ToolFaultKind.NotFound or ToolFaultKind.NotStarted;
}
