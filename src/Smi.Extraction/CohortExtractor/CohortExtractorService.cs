using Smi.Deid.Pseudonyms;
using Smi.Extraction.CohortExtractor.Rules;
using Smi.Extraction.Hosting;
using Smi.Extraction.Pipeline;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;

namespace Smi.Extraction.CohortExtractor;

/// <summary>Finds the files of requested identifiers and asks for each that nothing speaks against.</summary>
public sealed class CohortExtractorService(ServiceContext context) : IExtractionService
{
    public const string ServiceName = "CohortExtractor";

    public string Name => ServiceName;

    private CohortExtractorSettings Settings => context.Settings.CohortExtractor;

    /// <summary>Why this service must not start with these settings, or null.</summary>
    public static string? FindObstacle(SmiSettings settings)
    {
        var extractor = settings.CohortExtractor;
        return extractor.FulfillerType switch
        {
            _ when extractor.Obstacles.Count > 0 => extractor.Obstacles[0],
            _ when !PathResolvers.Knows(extractor.PathResolverType) =>
                $"CohortExtractorOptions.ProjectPathResolverType {extractor.PathResolverType} is not one of {string.Join(", ", PathResolvers.Names)}",
            _ when extractor.PathResolverType == PathResolvers.Pseudonymous && settings.Deid.KeyFile is null =>
                $"{PathResolvers.Pseudonymous} needs DeidOptions.KeyFile",
            "FakeFulfiller" => null,
            "IndexFulfiller" => File.Exists(extractor.IndexFile) ? null : $"the index {extractor.IndexFile} does not exist; make it with: smi index FOLDER -y {settings.Path}",
            "SqlFulfiller" => extractor.Sql is null ? "RequestFulfillerType is SqlFulfiller, and CohortExtractorOptions.Sql is missing" : null,
            "FromCataloguesExtractionRequestFulfiller" =>
                "RequestFulfillerType FromCataloguesExtractionRequestFulfiller needs RDMP; use SqlFulfiller with CohortExtractorOptions.Sql: DatabaseType, ConnectionString, Tables (a table per modality) and column names",
            var other => $"CohortExtractorOptions.RequestFulfillerType {other} is not one of FakeFulfiller, IndexFulfiller, SqlFulfiller",
        };
    }

    public async Task RunAsync(CancellationToken stop)
    {
        await using var files = await context.Broker.OpenPublisherAsync(Of(Settings.Files), stop);
        await using var infos = await context.Broker.OpenPublisherAsync(Of(Settings.FileInfos), stop);
        var fulfiller = Fulfiller();
        await CheckAsync(fulfiller, stop);
        var handler = new RequestHandler(context, fulfiller, Rejectors(), Resolver(), files, infos);
        var limits = new BatchLimits
        {
            Consumer = new() { Queue = Settings.Queue.QueueName, Prefetch = Settings.Queue.Prefetch },
            Parallelism = 2,
            BatchSize = 4,
        };
        await new BatchPipeline<RequestAnswer>(handler, limits, context, ServiceName).RunAsync(stop);
    }

    private async Task CheckAsync(IFulfiller fulfiller, CancellationToken cancellation)
    {
        var columns = Settings.RejectColumns.Concat(Settings.BlockLists.Select(list => list.Column));
        if (fulfiller is SqlFulfiller sql && await sql.FindObstacleAsync(columns, cancellation) is { } obstacle)
        {
            throw new SettingsException(obstacle);
        }

        foreach (var list in Settings.BlockLists)
        {
            await using var database = await Databases.Database.OpenAsync(list.Database, cancellation);
            if (!(await database.ColumnsAsync(list.Table, cancellation)).Contains(list.Column, StringComparer.OrdinalIgnoreCase))
            {
                throw new SettingsException($"the block list {list.Table} has no column {list.Column}");
            }
        }
    }

    private static PublisherSpecification Of(ExchangeSettings exchange) =>
        new() { Exchange = exchange.ExchangeName, MaxConfirmAttempts = exchange.MaxConfirmAttempts };

    private IFulfiller Fulfiller() => Settings.FulfillerType switch
    {
        "FakeFulfiller" => new FakeFulfiller(),
        "SqlFulfiller" when Settings.Sql is { } sql => new SqlFulfiller(sql),
        _ => new IndexFulfiller(Settings.IndexFile),
    };

    private List<IRejector> Rejectors()
    {
        var rejectors = new List<IRejector>();
        if (Settings.RejectAll)
        {
            rejectors.Add(new RejectAll());
        }

        if (Settings.RejectColumns.Count > 0)
        {
            rejectors.Add(new ColumnRejector(Settings.RejectColumns));
        }

        if (Settings.DynamicRulesFile is { } rules)
        {
            rejectors.Add(RuleScript.Load(rules));
        }

        rejectors.AddRange(Settings.BlockLists.Select(list => new BlockListRejector(list)));
        return rejectors;
    }

    private Func<CandidateFile, Messaging.Messages.Extraction, string> Resolver()
    {
        if (Settings.PathResolverType == PathResolvers.Pseudonymous && context.Settings.Deid.KeyFile is { } keyFile)
        {
            var key = MasterKey.Load(keyFile);
            return (file, job) => PathResolvers.Hide(file, job, new Pseudonymiser(key.ForProject(job.ProjectNumber)));
        }

        return (file, job) => PathResolvers.Resolve(Settings.PathResolverType, file, job);
    }
}
