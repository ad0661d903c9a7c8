using Microsoft.Extensions.Logging;
using Smi.Deid.Files;

namespace Smi.Extraction.Durability;

/// <summary>Sweeps unfinished files of dead processes while the service works: an extract root with millions of files takes its time.</summary>
internal static partial class BackgroundSweep
{
    /// <summary>Returns when everything was seen, or when it is cancelled.</summary>
    public static async Task RunAsync(string root, TimeProvider clock, ILogger log, CancellationToken cancellation)
    {
        try
        {
            var swept = Directory.Exists(root) ? await Task.Run(() => PartSweeper.Sweep(root, clock, cancellation), cancellation) : 0;
            if (swept > 0)
            {
                LogSwept(log, swept);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The rest is swept at the next start.
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogNotSwept(log, fault.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Swept {Count} unfinished files of processes that are gone")]
    private static partial void LogSwept(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Unfinished files of processes that are gone could not be swept: {Fault}")]
    private static partial void LogNotSwept(ILogger log, string fault);
}
