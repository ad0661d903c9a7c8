using Microsoft.Extensions.Logging;

namespace Smi.Extraction.Pipeline;

/// <content>What is logged, all in one file: the generator of these methods orders those of several files by chance, and builds would differ.</content>
internal sealed partial class BatchPipeline<TWork>
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of {Count} could not be finished and is given back: {Fault} {Detail}")]
    private static partial void LogBatchFailed(ILogger log, int count, string fault, string detail);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Received {Message} from {Queue}")]
    private static partial void LogReceived(ILogger log, string message, string queue);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} messages of {Queue} are worked on, answered and acknowledged")]
    private static partial void LogFinished(ILogger log, int count, string queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Message} cannot be read and is dead-lettered: {Reason}")]
    private static partial void LogRejected(ILogger log, string message, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Fault} ({HResult}) on attempt {Attempt}; trying again in {Seconds} s")]
    private static partial void LogRetry(ILogger log, string fault, int hResult, int attempt, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Given up after {Attempts} attempts: {Fault} at {Trace}")]
    private static partial void LogGivenUp(ILogger log, int attempts, string fault, string? trace);

    [LoggerMessage(Level = LogLevel.Error, Message = "Waiting: {Obstacle}")]
    private static partial void LogObstacle(ILogger log, string obstacle);
}
