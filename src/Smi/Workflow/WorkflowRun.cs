using Microsoft.Extensions.Logging.Abstractions;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.CohortPackager;
using Smi.Extraction.ExtractImages;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Samples;
using Smi.Services;

namespace Smi.Workflow;

/// <summary>The example workflow, step by step in this process: index, request, and all services until the reports of the job are written.</summary>
internal sealed class WorkflowRun(WorkflowSample sample, SmiSettings settings, string project, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string Extraction => Path.Combine(settings.FileSystem.ExtractRoot, project, "extractions", "extractme");

    public string Reports => Path.Combine(settings.FileSystem.ExtractRoot, project, "extractions", "reports", "extractme");

    /// <summary>Answers how many headers were read.</summary>
    public async Task<int> IndexAsync(CancellationToken cancellation)
    {
        var root = settings.FileSystem.FileSystemRoot;
        var indexer = new Indexer(root, root, settings.CohortExtractor.IndexFile, settings.FileSystem.DicomSearchPattern, settings.FileSystem.AllowedSourceRoots);
        await indexer.RunAsync(new Progress<int>(), cancellation);
        return indexer.Read;
    }

    /// <summary>Asks for every file of the sample; answers the job and how many identifiers were sent.</summary>
    public async Task<(Guid Job, int Identifiers)> RequestAsync(IMessageBroker broker, CancellationToken cancellation)
    {
        var request = new ExtractImagesRun(settings, new() { ProjectId = project, CsvFile = sample.Csv }, clock);
        return (await request.SendAsync(broker, cancellation), request.Count);
    }

    /// <summary>Runs the services until the job is complete, and stops them.</summary>
    /// <param name="broker">Where the job was requested.</param>
    /// <param name="job">The job.</param>
    /// <param name="accountedFor">Told how many files are accounted for.</param>
    /// <param name="cancellation">Ends the services and the waiting.</param>
    /// <exception cref="TimeoutException">The job was not complete within five minutes.</exception>
    public async Task CompleteAsync(IMessageBroker broker, Guid job, Action<int> accountedFor, CancellationToken cancellation)
    {
        var context = new ServiceContext { Settings = settings, Broker = broker, Clock = clock, Logs = NullLoggerFactory.Instance };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var services = new ServiceHost(context).RunAsync(ServiceFactory.All(context, ServiceFactory.CheckAnonymiser(context.Settings)), stop.Token);
        try
        {
            await FollowAsync(job, services, accountedFor, cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await services;
        }
    }

    private async Task FollowAsync(Guid job, Task services, Action<int> accountedFor, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        while (!services.IsCompleted)
        {
            var (record, progress) = (await CohortPackagerService.ListAsync(settings, clock, cancellation)).FirstOrDefault(pair => pair.Job.Identifier == job);
            accountedFor((int)(progress is null ? 0 : progress.Files - progress.Unanswered));
            if (record?.CompletedAt is not null)
            {
                return;
            }

            if (clock.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"the job was not complete within {Patience.TotalMinutes} minutes");
            }

            await Task.Delay(Interval, cancellation);
        }
    }
}
