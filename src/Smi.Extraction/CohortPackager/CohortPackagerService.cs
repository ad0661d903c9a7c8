using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Smi.Extraction.Hosting;
using Smi.Extraction.Pipeline;
using Smi.Extraction.Settings;
using Smi.Extraction.Tracing;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.CohortPackager;

/// <summary>Gathers what became of every file of every job, and writes the reports of those that are complete.</summary>
public sealed partial class CohortPackagerService(ServiceContext context) : IExtractionService
{
    public const string ServiceName = "CohortPackager";

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    // At most one piece of news waits: it says that there is something to look at, not what.
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // Jobs whose reports can never be written; owned by the watching loop.
    private readonly HashSet<Guid> _unreportable = [];
    private readonly ILogger _log = context.Logs.CreateLogger(ServiceName);

    public string Name => ServiceName;

    private CohortPackagerSettings Settings => context.Settings.CohortPackager;

    public async Task RunAsync(CancellationToken stop)
    {
        await using var store = await JobStore.OpenAsync(Settings.JobStore.Database, context.Clock, stop);
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] all =
        [
            RunAsync(store, Settings.RequestInfos, body => MessageReader.ReadRequestInfo(body.Span), failing),
            RunAsync(store, Settings.CollectionInfos, body => MessageReader.ReadCollectionInfo(body.Span), failing),
            RunAsync(store, Settings.NoVerifyStatuses, body => MessageReader.ReadStatus(body.Span), failing),
            RunAsync(store, Settings.Verifications, body => MessageReader.ReadVerification(body.Span), failing),
            WatchAsync(store, failing),
        ];
        await Task.WhenAll(all);
    }

    /// <summary>Writes the reports of one job again; null when the job is not known or not complete.</summary>
    public static async Task<string?> RecreateAsync(SmiSettings settings, Guid job, TimeProvider clock, CancellationToken cancellation)
    {
        await using var store = await JobStore.OpenAsync(settings.CohortPackager.JobStore.Database, clock, cancellation);
        return await store.FindJobAsync(job, cancellation) is { CompletedAt: { } completed } known
            ? await new JobReporter(store, settings).WriteAsync(known, await store.CountAsync(job, cancellation), completed, cancellation)
            : null;
    }

    /// <summary>All jobs and how far they are.</summary>
    public static async Task<IReadOnlyList<(JobRecord Job, JobProgress Progress)>> ListAsync(SmiSettings settings, TimeProvider clock, CancellationToken cancellation)
    {
        await using var store = await JobStore.OpenAsync(settings.CohortPackager.JobStore.Database, clock, cancellation);
        var jobs = new List<(JobRecord, JobProgress)>();
        foreach (var job in await store.AllJobsAsync(cancellation))
        {
            jobs.Add((job, await store.CountAsync(job.Identifier, cancellation)));
        }

        return jobs;
    }

    private async Task RunAsync(JobStore store, QueueSettings queue, Func<ReadOnlyMemory<byte>, ExtractionMessage> read, CancellationTokenSource failing)
    {
        var limits = new BatchLimits { Consumer = new() { Queue = queue.QueueName, Prefetch = queue.Prefetch } };
        try
        {
            await new BatchPipeline<StoredFact>(new StoreHandler(store, read, () => _news.Writer.TryWrite(true)), limits, context, ServiceName).RunAsync(failing.Token);
        }
        catch (OperationCanceledException) when (failing.IsCancellationRequested)
        {
            // Asked to stop before it had begun.
        }
        finally
        {
            // Asked to stop, or not able to go on: either way the others end too.
            await failing.CancelAsync();
        }
    }

    /// <summary>Looks for complete jobs whenever something came, and every so often without; never more than a tenth of the time.</summary>
    private async Task WatchAsync(JobStore store, CancellationTokenSource failing)
    {
        try
        {
            while (true)
            {
                await WaitForNewsAsync(failing.Token);
                var started = context.Clock.GetTimestamp();
                await CompleteAsync(store, failing.Token);
                var pause = TimeSpan.FromTicks(Math.Max(ShortestPause.Ticks, 9 * context.Clock.GetElapsedTime(started).Ticks));
                await Task.Delay(pause, context.Clock, failing.Token);
            }
        }
        catch (OperationCanceledException) when (failing.IsCancellationRequested)
        {
            // The service stops.
        }
        finally
        {
            await failing.CancelAsync();
        }
    }

    private async Task WaitForNewsAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(Settings.JobWatcherInterval > TimeSpan.Zero ? Settings.JobWatcherInterval : ShortestPause, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            await _news.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // Nothing came; jobs are looked at all the same.
        }
    }

    private async Task CompleteAsync(JobStore store, CancellationToken cancellation)
    {
        try
        {
            foreach (var job in await store.OpenJobsAsync(cancellation))
            {
                var progress = await store.CountAsync(job.Identifier, cancellation);
                if (progress.Completes(job) && !_unreportable.Contains(job.Identifier))
                {
                    await CompleteAsync(store, job, progress, cancellation);
                }
            }

            context.Readiness.Report(ServiceName, null);
        }
        catch (Exception fault) when (fault is IOException or System.Data.Common.DbException or UnauthorizedAccessException)
        {
            // The job stays open and is looked at again; nothing is lost by waiting.
            context.Readiness.Report(ServiceName, "reports cannot be written or the job store cannot be read");
            LogWaiting(_log, Faults.Name(fault));
        }
    }

    private async Task CompleteAsync(JobStore store, JobRecord job, JobProgress progress, CancellationToken cancellation)
    {
        using var span = Spans.OfReports(ServiceName, job.Identifier, job.TraceParent);
        var now = context.Clock.GetUtcNow();
        var completedAt = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        try
        {
            await new JobReporter(store, context.Settings).WriteAsync(job, progress, completedAt, cancellation);
        }
        catch (InvalidDataException fault)
        {
            // The job's own doing, and no reason to keep others waiting.
            _unreportable.Add(job.Identifier);
            LogUnreportable(_log, job.Identifier, fault.Message);
            return;
        }

        // A stop between the two would only write the reports once more.
        await store.CompleteAsync(job.Identifier, now, CancellationToken.None);
        LogComplete(_log, job.Identifier, progress.Files);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} is complete: {Files} files are accounted for and the reports are written")]
    private static partial void LogComplete(ILogger log, Guid job, long files);

    [LoggerMessage(Level = LogLevel.Error, Message = "The reports of job {Job} cannot be written: {Reason}")]
    private static partial void LogUnreportable(ILogger log, Guid job, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Jobs cannot be completed just now ({Fault}); trying again")]
    private static partial void LogWaiting(ILogger log, string fault);
}
