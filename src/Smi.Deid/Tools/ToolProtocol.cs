namespace Smi.Deid.Tools;

/// <summary>How a tool is spoken to.</summary>
public enum ToolProtocol
{
    /// <summary>A process per file; the exit code is the answer.</summary>
    OneShot,

    /// <summary>A process for many files: it says that it is ready, then a line is a request and a line is the answer.</summary>
    LineDaemon,

    /// <summary>As <see cref="LineDaemon"/>, with JSON objects that carry the number of their request.</summary>
    JsonLines,
}
