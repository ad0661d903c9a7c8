namespace Smi.Deid.Tools;

/// <summary>What logs and metrics are told about a tool.</summary>
public enum ToolEventKind
{
    /// <summary>A process was started.</summary>
    Started,

    /// <summary>A process was started in place of one that failed.</summary>
    Restarted,

    /// <summary>A process had nothing to do, had done enough files, or is not wanted any more.</summary>
    Ended,
    TimedOut,
    Failed,

    /// <summary>A file was done.</summary>
    Done,

    /// <summary>The tool said that it cannot do a file.</summary>
    Refused,
}
