using Microsoft.Extensions.Logging;
using Smi.Deid.Tools;
using Smi.Extraction.Hosting;

namespace Smi.Extraction.DicomAnonymiser;

/// <summary>Keeps the metrics and log lines of external tools.</summary>
public sealed partial class ToolLog(ServiceContext context) : IToolObserver
{
    private readonly ILogger _log = context.Logs.CreateLogger("Tools");

    public void Happened(ToolEvent happening)
    {
        Count(happening);
        switch (happening.Kind)
        {
            case ToolEventKind.Done:
                LogFile(_log, happening.Tool, happening.Elapsed.TotalSeconds);
                break;
            case ToolEventKind.Started or ToolEventKind.Restarted or ToolEventKind.Ended:
                LogProcess(_log, happening.Tool, happening.Kind, happening.Detail);
                break;
            default:
                LogTrouble(_log, happening.Tool, happening.Kind, happening.Detail, happening.Elapsed.TotalSeconds);
                break;
        }
    }

    private void Count(ToolEvent happening)
    {
        var (metrics, tool) = (context.Metrics, happening.Tool);
        metrics.ToolSeconds.Add(happening.Elapsed.TotalSeconds, tool);
        switch (happening.Kind)
        {
            case ToolEventKind.Restarted:
                metrics.ToolRestarts.Add(1, tool);
                metrics.ToolStarts.Add(1, tool);
                break;
            case ToolEventKind.Started:
                metrics.ToolStarts.Add(1, tool);
                break;
            case ToolEventKind.TimedOut:
                metrics.ToolTimeouts.Add(1, tool);
                break;
            case ToolEventKind.Failed:
                metrics.ToolFaults.Add(1, tool);
                break;
            case ToolEventKind.Done:
                metrics.ToolFiles.Add(1, tool);
                break;
            case ToolEventKind.Refused:
                metrics.ToolRefusals.Add(1, tool);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Tool} did a file in {Seconds} s")]
    private static partial void LogFile(ILogger log, string tool, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Tool}: {Kind} {Detail}")]
    private static partial void LogProcess(ILogger log, string tool, ToolEventKind kind, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Tool}: {Kind} after {Seconds} s: {Detail}")]
    private static partial void LogTrouble(ILogger log, string tool, ToolEventKind kind, string detail, double seconds);
}
