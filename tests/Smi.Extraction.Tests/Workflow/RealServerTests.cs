using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;
using Smi.Dicom;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.CohortPackager;
using Smi.Extraction.ExtractImages;
using Smi.Extraction.Settings;
using Smi.Extraction.Tests.Servers;
using Smi.Messaging.RabbitMq;
using Smi.Messaging.Tests;

namespace Smi.Extraction.Tests.Workflow;

/// <summary>The workflow over the real RabbitMQ, with metadata and jobs in the real MariaDB.</summary>
public sealed class RealServerTests(RabbitServer rabbit, MariaServer maria)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_workflow_runs_over_RabbitMQ_with_metadata_and_jobs_in_MariaDB()
    {
        var options = await rabbit.NewVirtualHostAsync();
        var database = await maria.NewDatabaseAsync();
        await using var deployment = new Deployment(Extractor(database), Broker(options), Packager(database));
        var samples = deployment.AddSamples(seed: 4);
        await FillMetadataAsync(database, samples.Select(sample => (sample.RelativePath, sample.DataSet)), optOut: samples[0].DataSet.GetString(DicomTags.PatientId) ?? "");
        await using (var administration = RabbitBroker.ForAdministration(options, TimeProvider.System, NullLogger.Instance))
        {
            await administration.CreateAsync(TopologyOf.Of(deployment.Settings), Cancellation);
        }

        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;
        var series = samples.Select(sample => sample.DataSet.GetString(DicomTags.SeriesInstanceUid)).Distinct().ToList();
        await deployment.RequestAsync(broker, "SeriesInstanceUID\n" + string.Join('\n', series) + "\n", new ExtractImagesRequest { ProjectId = "project-001", CsvFile = "" });
        var reports = Path.Combine(deployment.ExtractRoot, "project-001", "extractions", "reports", "cohort");
        await WorkflowTests.RunUntilAsync(context, deployment.AllServices(context), () => File.Exists(Path.Combine(reports, "README.md")));

        var (job, progress) = Assert.Single(await CohortPackagerService.ListAsync(deployment.Settings, Cancellation));
        var optedOut = samples.Count(sample => sample.DataSet.GetString(DicomTags.PatientId) == samples[0].DataSet.GetString(DicomTags.PatientId));
        Assert.Equal(series.Count, job.KeyCount);
        Assert.Equal(samples.Count - optedOut, progress.Files);
        Assert.Contains("OptOut", await File.ReadAllTextAsync(Path.Combine(reports, "rejected_files.csv"), Cancellation), StringComparison.Ordinal);
        Assert.NotNull(job.CompletedAt);
    }

    [Fact]
    public async Task A_metadata_server_that_goes_away_is_waited_for_and_no_file_is_left_out()
    {
        var fulfiller = new SqlFulfiller(new SqlFulfillerSettings
        {
            Database = new() { Type = DatabaseType.MariaDB, ConnectionString = "Server=127.0.0.1;Port=1;User=root;ConnectionTimeout=2" },
            Tables = new Dictionary<string, string> { ["CT"] = "ct" },
        });

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => fulfiller.FindAsync("SOPInstanceUID", ["1.2"], [], Cancellation));
    }

    private static string Broker(RabbitOptions options) =>
        "MessageBrokerType: RabbitMQ\n"
        + $"RabbitOptions: {{ RabbitMqHostName: 127.0.0.1, RabbitMqHostPort: {options.Port}, RabbitMqVirtualHost: {options.VirtualHost}, RabbitMqManagementPort: {options.ManagementPort} }}";

    private static string Packager(string database) =>
        $"CohortPackagerOptions: {{ JobWatcherTimeoutInSeconds: 0.2, JobStore: {{ DatabaseType: MariaDB, ConnectionString: \"{database}\" }} }}";

    private static string Extractor(string database) =>
        $"CohortExtractorOptions: {{ RequestFulfillerType: SqlFulfiller, Sql: {{ DatabaseType: MariaDB, ConnectionString: \"{database}\", Tables: {{ \"*\": images }} }}, BlockLists: [{{ DatabaseType: MariaDB, ConnectionString: \"{database}\", Table: OptOut, Column: PatientID }}] }}";

    private static async Task FillMetadataAsync(string database, IEnumerable<(string Path, DicomDataSet DataSet)> files, string optOut)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await RunAsync(connection, "CREATE TABLE images(RelativeFileArchiveURI VARCHAR(500), StudyInstanceUID VARCHAR(64), SeriesInstanceUID VARCHAR(64), SOPInstanceUID VARCHAR(64), PatientID VARCHAR(64))");
        await RunAsync(connection, "CREATE TABLE OptOut(PatientID VARCHAR(64))");
        await RunAsync(connection, "INSERT INTO OptOut VALUES(@0)", optOut);
        foreach (var (path, dataSet) in files)
        {
            await RunAsync(
                connection, "INSERT INTO images VALUES(@0,@1,@2,@3,@4)", path, dataSet.GetString(DicomTags.StudyInstanceUid),
                dataSet.GetString(DicomTags.SeriesInstanceUid), dataSet.GetString(DicomTags.SopInstanceUid), dataSet.GetString(DicomTags.PatientId));
        }
    }

    private static async Task RunAsync(MySqlConnection connection, string sql, params string?[] values)
    {
        await using var command = new MySqlCommand(sql, connection);
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue($"@{index}", values[index]);
        }

        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
