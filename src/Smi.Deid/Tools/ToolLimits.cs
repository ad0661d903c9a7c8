namespace Smi.Deid.Tools;

/// <summary>What a tool may take. Whoever takes more is ended with its whole process tree.</summary>
public sealed record ToolLimits
{
    /// <summary>From the start of a daemon until it says that it is ready.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For one file, the start of a one-shot tool included.</summary>
    public TimeSpan File { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A daemon that had nothing to do for so long is ended.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Resident memory of the whole process tree in bytes; 0: no limit.</summary>
    public long Memory { get; init; }

    /// <summary>A daemon that did so many files is replaced by a new one; 0: never.</summary>
    public int FilesPerProcess { get; init; }
}
