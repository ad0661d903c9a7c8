using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Smi.Deid;
using Smi.Deid.Tools;
using Smi.Extraction.Durability;
using Smi.Extraction.Hosting;
using Smi.Extraction.Pipeline;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;

namespace Smi.Extraction.DicomAnonymiser;

/// <summary>De-identifies the files that the cohort extractor asks for, in batches, and loses none.</summary>
public sealed partial class DicomAnonymiserService(ServiceContext context, Deidentifier deidentifier, DeidIdentity identity, ToolSet? tools = null) : IExtractionService
{
    /// <summary>SmiServices' name of the service, as headers and control keys have it.</summary>
    public const string ServiceName = "DicomAnonymiser";

    private static readonly TimeSpan AuditInterval = TimeSpan.FromHours(1);

    private readonly ILogger _log = context.Logs.CreateLogger(ServiceName);

    public string Name => ServiceName;

    private DicomAnonymiserSettings Settings => context.Settings.DicomAnonymiser;

    /// <summary>Why this service must not start with these settings, or null.</summary>
    public static string? FindObstacle(SmiSettings settings)
    {
        if (settings.Tools.Obstacle is { } obstacle)
        {
            return obstacle;
        }

        if (settings.Deid.CtpStrict)
        {
            return "DeidOptions.CtpStrict copies the leaks of the original CTP and is for comparison only; the services refuse it, smi anonymise --ctp-strict has it";
        }

        return settings.Deid.KeyFile is null ? "DeidOptions.KeyFile is not set; make a key with: smi new-key smi.key" : null;
    }

    public async Task RunAsync(CancellationToken stop)
    {
        using var ended = tools;
        using var audit = new AuditLog(Settings.StateFolder, context.Clock);
        using var journal = new WorkJournal(Settings.StateFolder, Settings.Parallelism);
        await using var publisher = await context.Broker.OpenPublisherAsync(
            new() { Exchange = Settings.Statuses.ExchangeName, MaxConfirmAttempts = Settings.Statuses.MaxConfirmAttempts }, stop);
        using var handler = new AnonymiserHandler(context, deidentifier, publisher, journal);
        Announce(handler);
        audit.Write("start", Facts());
        try
        {
            await RunAsync(handler, audit, stop);
        }
        finally
        {
            audit.Write("stop", Facts());
        }
    }

    private async Task RunAsync(AnonymiserHandler handler, AuditLog audit, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var hourly = AuditHourlyAsync(audit, ending.Token);
        var sweeping = BackgroundSweep.RunAsync(context.Settings.FileSystem.ExtractRoot, context.Clock, _log, ending.Token);
        try
        {
            await new BatchPipeline<PendingAnswer>(handler, Limits(), context, ServiceName).RunAsync(stop);
        }
        finally
        {
            await ending.CancelAsync();
            await hourly;
            await sweeping;
        }
    }

    private BatchLimits Limits() => new()
    {
        Consumer = new ConsumerSpecification { Queue = Settings.Queue.QueueName, Prefetch = Settings.Queue.Prefetch },
        Parallelism = Settings.Parallelism,
        BatchSize = Settings.BatchSize,
        BatchTimeout = Settings.BatchTimeout,
        MaxAttempts = Settings.MaxAttempts,
        ShutdownTimeout = Settings.ShutdownTimeout,
    };

    private void Announce(AnonymiserHandler handler)
    {
        LogStart(_log, Settings.Queue.QueueName, Settings.Parallelism, identity.Policy, identity.Key);
        if (handler.FindObstacle() is null)
        {
            LogFlush(_log, handler.FlushDescription);
        }

        foreach (var tool in tools?.Tools ?? [])
        {
            var (stage, modalities) = (StageNames.Of(tool.Stage), tool.Modalities.Count == 0 ? "all modalities" : string.Join(',', tool.Modalities));
            LogTool(_log, stage, modalities, tool.Name, tool.PoolSize);
        }

        if (Settings.Queue.Prefetch == 1)
        {
            LogPrefetch(_log);
        }
    }

    private JsonObject Facts() => new()
    {
        ["service"] = ServiceName,
        ["version"] = identity.Version,
        ["policy"] = identity.Policy,
        ["key"] = identity.Key,
        ["anonymised"] = context.Metrics.FilesOf("anonymised"),
        ["refused"] = context.Metrics.FilesOf("refused"),
        ["missing"] = context.Metrics.FilesOf("missing"),
    };

    /// <summary>A full disk is waited out like any other fault of the machine; the counts are in the next record.</summary>
    private void WriteRunning(AuditLog audit)
    {
        try
        {
            audit.Write("running", Facts());
        }
        catch (IOException fault)
        {
            LogNoAudit(_log, fault.HResult);
        }
    }

    private async Task AuditHourlyAsync(AuditLog audit, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(AuditInterval, context.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                WriteRunning(audit);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Consuming {Queue} with {Workers} workers; policy {Policy}, key {Key}")]
    private static partial void LogStart(ILogger log, string queue, int workers, string policy, string key);

    [LoggerMessage(Level = LogLevel.Information, Message = "The extract root allows {Flush}")]
    private static partial void LogFlush(ILogger log, string flush);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Stage} of {Modalities} are done by the tool {Tool}, at most {Count} at a time")]
    private static partial void LogTool(ILogger log, string stage, string modalities, string tool, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The hourly audit record could not be written ({HResult})")]
    private static partial void LogNoAudit(ILogger log, int hResult);

    [LoggerMessage(Level = LogLevel.Warning, Message = "QoSPrefetchCount is 1: every file waits for its own flush and confirm and only one core works; 1024 is usual here")]
    private static partial void LogPrefetch(ILogger log);
}
