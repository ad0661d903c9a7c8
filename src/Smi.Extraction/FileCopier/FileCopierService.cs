using Smi.Extraction.Durability;
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
        await using var publisher = await context.Broker.OpenPublisherAsync(
            new() { Exchange = settings.Statuses.ExchangeName, MaxConfirmAttempts = settings.Statuses.MaxConfirmAttempts }, stop);
        using var handler = new CopyHandler(context, publisher);
        var limits = new BatchLimits
        {
            Consumer = new() { Queue = settings.Queue.QueueName, Prefetch = settings.Queue.Prefetch },
            Parallelism = Environment.ProcessorCount,
        };
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sweeping = BackgroundSweep.RunAsync(context.Settings.FileSystem.ExtractRoot, context.Clock, context.Logs.CreateLogger(ServiceName), ending.Token);
        try
        {
            await new BatchPipeline<PendingCopy>(handler, limits, context, ServiceName).RunAsync(stop);
        }
        finally
        {
            await ending.CancelAsync();
            await sweeping;
        }
    }
}
