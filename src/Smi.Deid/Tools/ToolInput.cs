namespace Smi.Deid.Tools;

/// <summary>What a tool is given to read.</summary>
public enum ToolInput
{
    /// <summary>The original. The tool writes a file of its own.</summary>
    Original,

    /// <summary>The file as the stages before this one made it. The tool writes a file of its own.</summary>
    Edited,

    /// <summary>The original to read, and the file as the stages before made it as the target, which the tool changes in place.</summary>
    Both,
}
