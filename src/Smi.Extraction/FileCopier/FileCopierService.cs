using Smi.Deid.Files;
using Smi.Extraction.Hosting;
using Smi.Extraction.Pipeline;

namespace Smi.Extraction.FileCopier;

/// <summary>Copies files unchanged, for identifiable extractions.</summary>
public sealed class FileCopierService(ServiceContext context) : IExtractionService
{
    public const string ServiceName = "FileCopier";

    public string Name => ServiceName;

    public async Task RunAsync(CancellationToken stop)
    {
        var settings = context.Settings.FileCopier;
        if (Directory.Exists(context.Settings.FileSystem.ExtractRoot))
        {
            PartSweeper.Sweep(context.Settings.FileSystem.ExtractRoot);
        }

        await using var publisher = await context.Broker.OpenPublisherAsync(
            new() { Exchange = settings.Statuses.ExchangeName, MaxConfirmAttempts = settings.Statuses.MaxConfirmAttempts }, stop);
        using var handler = new CopyHandler(context, publisher);
        var limits = new BatchLimits
        {
            Consumer = new() { Queue = settings.Queue.QueueName, Prefetch = settings.Queue.Prefetch, AutoAck = settings.Queue.AutoAck },
            Parallelism = Environment.ProcessorCount,
        };
        await new BatchPipeline<PendingCopy>(handler, limits, context, ServiceName).RunAsync(stop);
    }
}
