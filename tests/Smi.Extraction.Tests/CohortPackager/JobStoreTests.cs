using System.Data.Common;
using Smi.Extraction.CohortPackager;
using Smi.Extraction.Databases;
using Smi.Extraction.Settings;
using Smi.Extraction.Tests.Servers;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Extraction.Tests.CohortPackager;

/// <summary>The job store on each of its databases.</summary>
public sealed class JobStoreTests(MariaServer maria, PostgreSqlServer postgres) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smi-jobs-").FullName;

    public static TheoryData<DatabaseType> Kinds => [DatabaseType.SQLite, DatabaseType.MariaDB, DatabaseType.PostgreSql];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_job_is_complete_when_every_dispatched_file_has_a_result_and_not_before(DatabaseType kind)
    {
        var settings = await NewDatabaseAsync(kind);
        await using var store = await JobStore.OpenAsync(settings, TimeProvider.System, Cancellation);
        var job = Job();
        var (first, second) = (Header(), Header());

        await store.PutAsync([(Header(), Info(job, keys: 1)), (Header(), Collection(job, (first, "a.dcm"), (second, "b.dcm")))], Cancellation);
        Assert.False(await IsCompleteAsync(store, job));
        await store.PutAsync([Verified(job, first, "a.dcm", VerifiedFileStatus.NotIdentifiable), Verified(job, first, "a.dcm", VerifiedFileStatus.NotIdentifiable)], Cancellation);
        Assert.False(await IsCompleteAsync(store, job));
        await store.PutAsync([Failed(job, second, "b")], Cancellation);
        Assert.True(await IsCompleteAsync(store, job));

        Assert.Equal(2, (await store.OutcomesAsync(job.JobIdentifier, Cancellation)).Values.Sum());
        Assert.Equal(["a.dcm"], await store.SomeOutputsAsync(job.JobIdentifier, "VerifiedNotIdentifiable", 5, Cancellation));
        Assert.Equal(2, (await store.CountAsync(job.JobIdentifier, Cancellation)).LastMinute);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_store_of_an_older_program_is_brought_forward_with_its_jobs(DatabaseType kind)
    {
        var settings = await NewDatabaseAsync(kind);
        var job = Job();
        await using (var old = await Database.OpenAsync(settings, Cancellation))
        {
            await JobSchema.PrepareAsync(old, wanted: 1, Cancellation);
            await old.RunAsync(
                null, "INSERT INTO smi_jobs(job, project, directory, submitted_at, identifiable, no_filter, pooled) VALUES(@job, 'p', 'p/extractions/x', '2026-01-01T00:00:00Z', 0, 0, 0)",
                [("@job", job.JobIdentifier.ToString("D"))], Cancellation);
            await old.RunAsync(
                null, "INSERT INTO smi_results(job, message, source_path, outcome) VALUES(@job, 'm', 's', 'FileMissing')",
                [("@job", job.JobIdentifier.ToString("D"))], Cancellation);
        }

        await using var store = await JobStore.OpenAsync(settings, TimeProvider.System, Cancellation);

        Assert.Equal("p", (await store.FindJobAsync(job.JobIdentifier, Cancellation))?.Project);
        Assert.Single(await store.ResultsAsync(job.JobIdentifier, "FileMissing", Cancellation));
        Assert.Null((await store.CountAsync(job.JobIdentifier, Cancellation)).LastResultAt);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_store_of_a_newer_program_is_refused_and_left_alone(DatabaseType kind)
    {
        var settings = await NewDatabaseAsync(kind);
        await using (var newer = await Database.OpenAsync(settings, Cancellation))
        {
            await JobSchema.PrepareAsync(newer, Cancellation);
            await newer.RunAsync(null, "INSERT INTO smi_schema VALUES(99)", [], Cancellation);
        }

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => JobStore.OpenAsync(settings, TimeProvider.System, Cancellation));

        Assert.Contains("version 99", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseType.MariaDB, "KILL {0}", "SELECT CONNECTION_ID()")]
    [InlineData(DatabaseType.PostgreSql, "SELECT pg_terminate_backend({0})", "SELECT pg_backend_pid()")]
    public async Task A_connection_that_the_server_has_cut_is_made_again(DatabaseType kind, string kill, string number)
    {
        var settings = await NewDatabaseAsync(kind);
        await using var connection = new StoreConnection(settings);
        var cut = await connection.UseAsync(database => database.ScalarAsync(null, number, [], Cancellation), Cancellation);
        await using (var other = await Database.OpenAsync(settings, Cancellation))
        {
            await other.RunAsync(null, string.Format(System.Globalization.CultureInfo.InvariantCulture, kill, cut), [], Cancellation);
        }

        await Assert.ThrowsAnyAsync<DbException>(() => connection.UseAsync(database => database.ScalarAsync(null, "SELECT 1", [], Cancellation), Cancellation));

        Assert.NotNull(await connection.UseAsync(database => database.ScalarAsync(null, "SELECT 1", [], Cancellation), Cancellation));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Several_processes_may_make_the_store_at_once(DatabaseType kind)
    {
        var settings = await NewDatabaseAsync(kind);

        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => JobStore.OpenAsync(settings, TimeProvider.System, Cancellation), Cancellation)));

        Assert.All(await Task.WhenAll(stores.Select(store => store.AllJobsAsync(Cancellation))), Assert.Empty);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<DatabaseSettings> NewDatabaseAsync(DatabaseType kind) => kind switch
    {
        DatabaseType.MariaDB => await maria.NewDatabaseAsync(),
        DatabaseType.PostgreSql => await postgres.NewDatabaseAsync(),
        _ => OptionReading.SqliteFile(Path.Combine(_folder, "jobs.db")),
    };

    private static async Task<bool> IsCompleteAsync(JobStore store, Messaging.Messages.Extraction job) =>
        await store.FindJobAsync(job.JobIdentifier, Cancellation) is { } record && (await store.CountAsync(job.JobIdentifier, Cancellation)).Completes(record);

    private static Messaging.Messages.Extraction Job() => new()
    {
        JobIdentifier = Guid.NewGuid(),
        ProjectNumber = "p",
        Directory = "p/extractions/x",
        Modality = null,
        JobSubmittedAt = DateTimeOffset.UnixEpoch,
        Shape = MessageShape.June2024,
    };

    private static MessageHeader Header() => MessageHeader.Root("Test", TimeProvider.System);

    private static ExtractionRequestInfoMessage Info(Messaging.Messages.Extraction job, int keys) =>
        new() { Extraction = job, KeyTag = "StudyInstanceUID", KeyValueCount = keys, UserName = "test" };

    private static ExtractFileCollectionInfoMessage Collection(Messaging.Messages.Extraction job, params (MessageHeader Header, string Path)[] files) => new()
    {
        Extraction = job,
        KeyValue = "1.2",
        Dispatched = [.. files.Select(file => new DispatchedFile { Header = file.Header, OutputPath = file.Path })],
        RejectionReasons = new Dictionary<string, int> { ["why"] = 2 },
    };

    private static (MessageHeader, ExtractionMessage) Verified(Messaging.Messages.Extraction job, MessageHeader file, string output, VerifiedFileStatus status) => (
        Header() with { Parents = [Guid.NewGuid(), file.MessageGuid, Guid.NewGuid()] },
        new ExtractedFileVerificationMessage { Extraction = job, Status = status, Report = "[]", DicomFilePath = "s", OutputFilePath = output });

    private static (MessageHeader, ExtractionMessage) Failed(Messaging.Messages.Extraction job, MessageHeader file, string source) => (
        Header() with { Parents = [Guid.NewGuid(), file.MessageGuid] },
        new ExtractedFileStatusMessage { Extraction = job, Status = ExtractedFileStatus.FileMissing, DicomFilePath = source, OutputFilePath = null, StatusMessage = "gone" });
}
