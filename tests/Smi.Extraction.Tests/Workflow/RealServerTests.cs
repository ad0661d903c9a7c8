using Microsoft.Extensions.Logging.Abstractions;
using Smi.Dicom;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.CohortPackager;
using Smi.Extraction.Databases;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Extraction.Tests.Servers;
using Smi.Messaging.Brokers;
using Smi.Messaging.RabbitMq;
using Smi.Messaging.Tests;

namespace Smi.Extraction.Tests.Workflow;

/// <summary>The workflow over the real RabbitMQ, with metadata and jobs in real database servers.</summary>
public sealed class RealServerTests(RabbitServer rabbit, MariaServer maria, PostgreSqlServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseType.MariaDB)]
    [InlineData(DatabaseType.PostgreSql)]
    public async Task The_workflow_runs_over_RabbitMQ_with_metadata_and_jobs_in_a_database_server(DatabaseType kind)
    {
        var options = await rabbit.NewVirtualHostAsync();
        var database = kind == DatabaseType.MariaDB ? await maria.NewDatabaseAsync() : await postgres.NewDatabaseAsync();
        await using var deployment = new Deployment(Extractor(database), RabbitServer.YamlOf(options), Packager(database));
        var samples = deployment.AddSamples(seed: 4);
        var optOut = samples[0].DataSet.GetString(DicomTags.PatientId) ?? "";
        await FillMetadataAsync(database, samples.Select(sample => (sample.RelativePath, sample.DataSet)), optOut);
        await using (var administration = RabbitBroker.ForAdministration(options, TimeProvider.System, NullLogger.Instance))
        {
            await administration.CreateAsync(TopologyOf.Of(deployment.Settings), Cancellation);
        }

        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;
        var series = samples.Select(sample => sample.DataSet.GetString(DicomTags.SeriesInstanceUid)).Distinct().ToList();
        await deployment.RequestAsync(broker, "SeriesInstanceUID\n" + string.Join('\n', series) + "\n");
        await WorkflowTests.RunUntilAsync(context, deployment.AllServices(context), () => File.Exists(Path.Combine(Reports(deployment), "README.md")));

        var (job, progress) = Assert.Single(await CohortPackagerService.ListAsync(deployment.Settings, TimeProvider.System, Cancellation));
        Assert.Equal(series.Count, job.KeyCount);
        Assert.Equal(samples.Count(sample => sample.DataSet.GetString(DicomTags.PatientId) != optOut), progress.Files);
        Assert.Contains("OptOut", await File.ReadAllTextAsync(Path.Combine(Reports(deployment), "rejected_files.csv"), Cancellation), StringComparison.Ordinal);
        Assert.NotNull(job.CompletedAt);
    }

    [Fact]
    public async Task A_database_that_goes_away_is_waited_for_and_nothing_is_lost()
    {
        // A server of its own: others are not to feel it.
        await using var server = new MariaServer();
        var database = await server.NewDatabaseAsync();
        await using var deployment = new Deployment(Extractor(database), packager: Packager(database));
        var samples = deployment.AddSamples(seed: 6);
        await FillMetadataAsync(database, samples.Select(sample => (sample.RelativePath, sample.DataSet)), optOut: "nobody");
        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var services = new ServiceHost(context).RunAsync(deployment.AllServices(context), stop.Token);
        await Watching.UntilAsync(async () => services.IsFaulted || await IsConsumedAsync(broker));

        await server.StopAsync();
        var uids = samples.Select(sample => sample.DataSet.GetString(DicomTags.SopInstanceUid));
        await deployment.RequestAsync(broker, "SOPInstanceUID\n" + string.Join('\n', uids) + "\n");
        await Watching.UntilAsync(() => services.IsFaulted || context.Metrics.Render().Contains("smi_retries_total{", StringComparison.Ordinal));
        await server.StartAsync();
        await Watching.UntilAsync(() => services.IsFaulted || File.Exists(Path.Combine(Reports(deployment), "README.md")));
        await stop.CancelAsync();
        await services;

        var (job, progress) = Assert.Single(await CohortPackagerService.ListAsync(deployment.Settings, TimeProvider.System, Cancellation));
        Assert.NotNull(job.CompletedAt);
        Assert.Equal((samples.Count, samples.Count, 0), (progress.Collections, progress.Files, progress.Unanswered));
    }

    [Theory]
    [InlineData(DatabaseType.MariaDB)]
    [InlineData(DatabaseType.PostgreSql)]
    public async Task A_column_that_the_metadata_have_not_stops_the_start_and_is_named(DatabaseType kind)
    {
        var database = kind == DatabaseType.MariaDB ? await maria.NewDatabaseAsync() : await postgres.NewDatabaseAsync();
        await using var deployment = new Deployment(Extractor(database).Replace("Tables:", "PathColumn: Uri, Tables:", StringComparison.Ordinal));
        await FillMetadataAsync(database, [], optOut: "nobody");
        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;

        var fault = await Assert.ThrowsAsync<SettingsException>(() => new CohortExtractorService(context).RunAsync(Cancellation));

        Assert.Contains("no column Uri", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<bool> IsConsumedAsync(IMessageBroker broker) =>
        broker is IBrokerAdministration administration
        && (await administration.CountAsync(["RequestQueue", "RequestInfoQueue"], Cancellation)).All(depth => depth.Consumers > 0);

    private static string Reports(Deployment deployment) => Path.Combine(deployment.ExtractRoot, "project-001", "extractions", "reports", "cohort");

    private static string Packager(DatabaseSettings database) => $"CohortPackagerOptions: {{ JobWatcherTimeoutInSeconds: 0.2, JobStore: {{ {Yaml(database)} }} }}";

    private static string Extractor(DatabaseSettings database) =>
        $"CohortExtractorOptions: {{ RequestFulfillerType: SqlFulfiller, Sql: {{ {Yaml(database)}, Tables: {{ \"*\": images }} }}, BlockLists: [{{ {Yaml(database)}, Table: OptOut, Column: PatientID }}] }}";

    private static string Yaml(DatabaseSettings database) => $"DatabaseType: {database.Type}, ConnectionString: \"{database.ConnectionString}\"";

    private static async Task FillMetadataAsync(DatabaseSettings settings, IEnumerable<(string Path, DicomDataSet DataSet)> files, string optOut)
    {
        await using var database = await Database.OpenAsync(settings, Cancellation);
        await RunAsync(database, "CREATE TABLE images(`RelativeFileArchiveURI` VARCHAR(500), `StudyInstanceUID` VARCHAR(64), `SeriesInstanceUID` VARCHAR(64), `SOPInstanceUID` VARCHAR(64), `PatientID` VARCHAR(64))");
        await RunAsync(database, "CREATE TABLE `OptOut`(`PatientID` VARCHAR(64))");
        await RunAsync(database, "INSERT INTO `OptOut` VALUES(@0)", optOut);
        foreach (var (path, dataSet) in files)
        {
            await RunAsync(
                database, "INSERT INTO images VALUES(@0,@1,@2,@3,@4)", path, dataSet.GetString(DicomTags.StudyInstanceUid),
                dataSet.GetString(DicomTags.SeriesInstanceUid), dataSet.GetString(DicomTags.SopInstanceUid), dataSet.GetString(DicomTags.PatientId));
        }
    }

    private static Task<int> RunAsync(Database database, string sql, params string?[] values) => database.RunAsync(
        null, database.Type == DatabaseType.PostgreSql ? sql.Replace('`', '"') : sql,
        [.. values.Select((value, index) => ($"@{index}", (object?)value))], Cancellation);
}
