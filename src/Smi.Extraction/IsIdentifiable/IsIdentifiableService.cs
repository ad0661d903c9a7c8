using Microsoft.Extensions.Logging;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.Hosting;
using Smi.Extraction.Pipeline;

namespace Smi.Extraction.IsIdentifiable;

/// <summary>The second look at anonymised files, by rules and by what the originals tell.</summary>
public sealed partial class IsIdentifiableService(ServiceContext context) : IExtractionService
{
    public const string ServiceName = "IsIdentifiable";

    public string Name => ServiceName;

    public async Task RunAsync(CancellationToken stop)
    {
        var log = context.Logs.CreateLogger(ServiceName);
        var settings = context.Settings.IsIdentifiable;
        var reader = new RuleFileReader();
        reader.ReadAll(settings.RulesFile, settings.RulesDirectory);
        using var rules = reader.Build();
        foreach (var note in reader.Notes)
        {
            LogNote(log, note);
        }

        LogStart(log, settings.Queue.QueueName, rules.Count);
        await using var publisher = await context.Broker.OpenPublisherAsync(
            new() { Exchange = settings.Verifications.ExchangeName, MaxConfirmAttempts = settings.Verifications.MaxConfirmAttempts }, stop);
        var handler = new VerificationHandler(context, new FileExaminer(rules, settings, PathResolvers.PutsOriginalsIntoPaths(context.Settings.CohortExtractor.PathResolverType)), publisher);
        var limits = new BatchLimits
        {
            Consumer = new() { Queue = settings.Queue.QueueName, Prefetch = settings.Queue.Prefetch },
            Parallelism = Environment.ProcessorCount,
        };
        await new BatchPipeline<Smi.Messaging.Brokers.OutgoingMessage>(handler, limits, context, ServiceName).RunAsync(stop);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Consuming {Queue} with {Count} rules")]
    private static partial void LogStart(ILogger log, string queue, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Note}")]
    private static partial void LogNote(ILogger log, string note);
}
