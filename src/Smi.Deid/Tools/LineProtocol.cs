namespace Smi.Deid.Tools;

/// <summary>The lines of a <see cref="ToolProtocol.LineDaemon"/>.</summary>
public sealed record LineProtocol
{
    /// <summary>The line that says that the daemon takes requests; null when it takes them at once.</summary>
    public string? Ready { get; init; }

    /// <summary>A request, with placeholders as in arguments.</summary>
    public string Request { get; init; } = "{source} {target}";

    /// <summary>A pattern for the whole line that says that the file is written.</summary>
    public string Success { get; init; } = "OK";

    /// <summary>A pattern for the start of a line that says that this file cannot be done. Placeholders stand for themselves.</summary>
    public string Failure { get; init; } = "ERROR";

    /// <summary>A pattern for the start of lines that say nothing; null when there are none.</summary>
    public string? Chatter { get; init; }
}
