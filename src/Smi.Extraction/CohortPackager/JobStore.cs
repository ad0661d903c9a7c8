using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Smi.Extraction.Databases;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Extraction.CohortPackager;

/// <summary>
/// Jobs, what was asked for, and what became of it, in SQLite, MariaDB or PostgreSQL. Everything is put in once: a message that comes again
/// changes nothing.
/// </summary>
internal sealed class JobStore : IAsyncDisposable
{
    private readonly StoreConnection _store;
    private readonly TimeProvider _clock;

    private JobStore(DatabaseSettings settings, TimeProvider clock)
    {
        _store = new(settings);
        _clock = clock;
    }

    /// <exception cref="InvalidDataException">The store is of a newer program.</exception>
    public static async Task<JobStore> OpenAsync(DatabaseSettings settings, TimeProvider clock, CancellationToken cancellation)
    {
        var store = new JobStore(settings, clock);
        await store._store.UseAsync(_ => Task.FromResult(true), cancellation);
        return store;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>Puts a batch of messages into the store, all or none.</summary>
    public Task PutAsync(IReadOnlyList<(MessageHeader Header, ExtractionMessage Message)> batch, CancellationToken cancellation) => _store.UseAsync(
        async database =>
        {
            await using var transaction = await database.BeginAsync(cancellation);
            var writing = new JobWriting(database, transaction, Format(_clock.GetUtcNow()));
            foreach (var (header, message) in batch)
            {
                await writing.PutAsync(header, message, cancellation);
            }

            await transaction.CommitAsync(cancellation);
            return batch.Count;
        },
        cancellation);

    public Task<List<JobRecord>> OpenJobsAsync(CancellationToken cancellation) => JobsAsync("WHERE completed_at IS NULL", [], cancellation);

    public Task<List<JobRecord>> AllJobsAsync(CancellationToken cancellation) => JobsAsync("", [], cancellation);

    public async Task<JobRecord?> FindJobAsync(Guid job, CancellationToken cancellation) =>
        await JobsAsync("WHERE job=@job", [Of(job)], cancellation) is [var known] ? known : null;

    public Task<JobProgress> CountAsync(Guid job, CancellationToken cancellation) => _store.UseAsync(
        async database => new JobProgress
        {
            Collections = await CountAsync(database, "SELECT COUNT(*) FROM smi_collections WHERE job=@job", cancellation, Of(job)),
            Files = await CountAsync(database, "SELECT COUNT(*) FROM smi_files WHERE job=@job", cancellation, Of(job)),
            Unanswered = await CountAsync(
                database,
                """
                SELECT COUNT(*) FROM smi_files f WHERE f.job=@job
                AND NOT EXISTS (SELECT 1 FROM smi_results r WHERE r.job=f.job AND r.message=f.message)
                AND NOT EXISTS (SELECT 1 FROM smi_results r WHERE r.job=f.job AND r.path_hash=f.path_hash)
                """,
                cancellation, Of(job)),
            LastMinute = await CountAsync(
                database, "SELECT COUNT(*) FROM smi_results WHERE job=@job AND received_at>=@since", cancellation, Of(job),
                ("@since", Format(_clock.GetUtcNow().AddMinutes(-1)))),
            LastResultAt = await TextAsync(database, "SELECT MAX(received_at) FROM smi_results WHERE job=@job", cancellation, Of(job)),
        },
        cancellation);

    public Task CompleteAsync(Guid job, DateTimeOffset now, CancellationToken cancellation) => _store.UseAsync(
        database => database.RunAsync(null, "UPDATE smi_jobs SET completed_at=@now WHERE job=@job", [("@now", Format(now)), Of(job)], cancellation), cancellation);

    /// <summary>Extraction key, count and reason of what was rejected.</summary>
    public Task<List<string[]>> RejectionsAsync(Guid job, CancellationToken cancellation) => RowsAsync(
        "SELECT c.key_value, r.files, r.reason FROM smi_rejections r JOIN smi_collections c ON c.job=r.job AND c.key_hash=r.key_hash WHERE r.job=@job ORDER BY c.key_value, r.reason",
        cancellation, Of(job));

    /// <summary>How many results each outcome has.</summary>
    public async Task<IReadOnlyDictionary<string, long>> OutcomesAsync(Guid job, CancellationToken cancellation) =>
        (await RowsAsync("SELECT outcome, COUNT(*) FROM smi_results WHERE job=@job GROUP BY outcome", cancellation, Of(job)))
        .ToDictionary(row => row[0], row => long.Parse(row[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>Source path, outcome and detail of every result of this outcome.</summary>
    public Task<List<string[]>> ResultsAsync(Guid job, string outcome, CancellationToken cancellation) => RowsAsync(
        "SELECT source_path, outcome, detail FROM smi_results WHERE job=@job AND outcome=@outcome ORDER BY source_path, message", cancellation, Of(job), ("@outcome", outcome));

    /// <summary>Output paths of some files of this outcome. The order is that of a hash: as good as drawn by lot, and the same each time.</summary>
    public async Task<IReadOnlyList<string>> SomeOutputsAsync(Guid job, string outcome, int most, CancellationToken cancellation)
    {
        var rows = await RowsAsync(
            $"SELECT f.output_path FROM smi_files f JOIN smi_results r ON r.job=f.job AND r.path_hash=f.path_hash WHERE f.job=@job AND r.outcome=@outcome ORDER BY f.path_hash LIMIT {most.ToString(CultureInfo.InvariantCulture)}",
            cancellation, Of(job), ("@outcome", outcome));
        return rows.ConvertAll(row => row[0]);
    }

    internal static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static (string, object?) Of(Guid job) => ("@job", job.ToString("D"));

    private static async Task<long> CountAsync(Database database, string sql, CancellationToken cancellation, params (string, object?)[] parameters) =>
        Convert.ToInt64(await database.ScalarAsync(null, sql, parameters, cancellation), CultureInfo.InvariantCulture);

    private static async Task<string?> TextAsync(Database database, string sql, CancellationToken cancellation, params (string, object?)[] parameters) =>
        await database.ScalarAsync(null, sql, parameters, cancellation) as string;

    private Task<List<string[]>> RowsAsync(string sql, CancellationToken cancellation, params (string, object?)[] parameters) => _store.UseAsync(
        database => database.RowsAsync<string[]>(
            sql, parameters, reader => [.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader, column) ?? "")], cancellation),
        cancellation);

    private Task<List<JobRecord>> JobsAsync(string where, (string, object?)[] parameters, CancellationToken cancellation) => _store.UseAsync(
        database => database.RowsAsync(
            $"SELECT job, project, directory, submitted_at, modality, identifiable, no_filter, pooled, key_tag, key_count, user_name, completed_at, trace_parent FROM smi_jobs {where} ORDER BY submitted_at",
            parameters, Job, cancellation),
        cancellation);

    private static JobRecord Job(DbDataReader reader) => new()
    {
        Identifier = Guid.Parse(Text(reader, 0) ?? ""),
        Project = Text(reader, 1) ?? "",
        Directory = Text(reader, 2) ?? "",
        SubmittedAt = Text(reader, 3) ?? "",
        Modality = Text(reader, 4),
        IsIdentifiable = Text(reader, 5) == "1",
        IsNoFilter = Text(reader, 6) == "1",
        IsPooled = Text(reader, 7) == "1",
        KeyTag = Text(reader, 8),
        KeyCount = Text(reader, 9) is { } count ? long.Parse(count, CultureInfo.InvariantCulture) : null,
        UserName = Text(reader, 10),
        CompletedAt = Text(reader, 11),
        TraceParent = Text(reader, 12),
    };

    private static string? Text(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture);
}
