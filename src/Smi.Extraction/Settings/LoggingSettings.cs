namespace Smi.Extraction.Settings;

/// <summary>LoggingOptions: the console always, and JSON lines in a file when a folder is named.</summary>
public sealed record LoggingSettings
{
    public string? LogsRoot { get; init; }

    public bool TraceLogging { get; init; }
}
