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
/// changes nothing. One caller at a time.
/// </summary>
internal sealed class JobStore : IAsyncDisposable
{
    private const int SchemaVersion = 1;

    // Output paths can be longer than an index allows; a hash of the path stands for it.
    private static readonly string[] Tables =
    [
        "CREATE TABLE smi_jobs(job CHAR(36) PRIMARY KEY, project VARCHAR(255) NOT NULL, directory VARCHAR(1000) NOT NULL, submitted_at VARCHAR(40) NOT NULL, modality VARCHAR(255), identifiable INTEGER NOT NULL, no_filter INTEGER NOT NULL, pooled INTEGER NOT NULL, key_tag VARCHAR(64), key_count INTEGER, user_name VARCHAR(255), completed_at VARCHAR(40))",
        "CREATE TABLE smi_collections(job CHAR(36) NOT NULL, key_hash CHAR(64) NOT NULL, key_value VARCHAR(1000) NOT NULL, PRIMARY KEY(job, key_hash))",
        "CREATE TABLE smi_rejections(job CHAR(36) NOT NULL, key_hash CHAR(64) NOT NULL, reason_hash CHAR(64) NOT NULL, reason TEXT NOT NULL, files INTEGER NOT NULL, PRIMARY KEY(job, key_hash, reason_hash))",
        "CREATE TABLE smi_files(job CHAR(36) NOT NULL, path_hash CHAR(64) NOT NULL, message CHAR(36) NOT NULL, output_path TEXT NOT NULL, PRIMARY KEY(job, path_hash))",
        "CREATE TABLE smi_results(job CHAR(36) NOT NULL, message CHAR(36) NOT NULL, path_hash CHAR(64), source_path TEXT NOT NULL, outcome VARCHAR(32) NOT NULL, detail TEXT, PRIMARY KEY(job, message))",
        "CREATE INDEX smi_results_path ON smi_results(job, path_hash)",
        "CREATE INDEX smi_files_message ON smi_files(job, message)",
    ];

    private readonly Database _database;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private JobStore(Database database) => _database = database;

    /// <exception cref="InvalidDataException">The store is of a newer program.</exception>
    public static async Task<JobStore> OpenAsync(DatabaseSettings settings, CancellationToken cancellation)
    {
        var store = new JobStore(await Database.OpenAsync(settings, cancellation));
        await store.PrepareAsync(cancellation);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _turn.Dispose();
    }

    /// <summary>Puts a batch of messages into the store, all or none.</summary>
    public async Task PutAsync(IReadOnlyList<(MessageHeader Header, ExtractionMessage Message)> batch, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await using var transaction = await _database.BeginAsync(cancellation);
            foreach (var (header, message) in batch)
            {
                await PutAsync(transaction, header, message, cancellation);
            }

            await transaction.CommitAsync(cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<IReadOnlyList<JobRecord>> OpenJobsAsync(CancellationToken cancellation) => JobsAsync("WHERE completed_at IS NULL", [], cancellation);

    public Task<IReadOnlyList<JobRecord>> AllJobsAsync(CancellationToken cancellation) => JobsAsync("", [], cancellation);

    public async Task<JobRecord?> FindJobAsync(Guid job, CancellationToken cancellation) =>
        await JobsAsync("WHERE job=@job", [("@job", job.ToString("D"))], cancellation) is [var known] ? known : null;

    public Task<JobProgress> CountAsync(Guid job, CancellationToken cancellation) => AloneAsync(
        async () => new JobProgress
        {
            Collections = await CountAsync("SELECT COUNT(*) FROM smi_collections WHERE job=@job", job, cancellation),
            Files = await CountAsync("SELECT COUNT(*) FROM smi_files WHERE job=@job", job, cancellation),
            Unanswered = await CountAsync(
                """
                SELECT COUNT(*) FROM smi_files f WHERE f.job=@job
                AND NOT EXISTS (SELECT 1 FROM smi_results r WHERE r.job=f.job AND r.message=f.message)
                AND NOT EXISTS (SELECT 1 FROM smi_results r WHERE r.job=f.job AND r.path_hash=f.path_hash)
                """,
                job, cancellation),
        },
        cancellation);

    public Task CompleteAsync(Guid job, DateTimeOffset now, CancellationToken cancellation) => AloneAsync(
        async () => await RunAsync(
            null, "UPDATE smi_jobs SET completed_at=@now WHERE job=@job", cancellation, ("@now", Format(now)), ("@job", job.ToString("D"))),
        cancellation);

    /// <summary>Extraction key, count and reason of what was rejected.</summary>
    public Task<List<string[]>> RejectionsAsync(Guid job, CancellationToken cancellation) => RowsAsync(
        "SELECT c.key_value, r.files, r.reason FROM smi_rejections r JOIN smi_collections c ON c.job=r.job AND c.key_hash=r.key_hash WHERE r.job=@job ORDER BY c.key_value, r.reason",
        job, cancellation);

    /// <summary>Source path, outcome and detail of every result.</summary>
    public Task<List<string[]>> ResultsAsync(Guid job, CancellationToken cancellation) => RowsAsync(
        "SELECT source_path, outcome, detail FROM smi_results WHERE job=@job ORDER BY source_path, message", job, cancellation);

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        await RunAsync(null, "CREATE TABLE IF NOT EXISTS smi_schema(version INTEGER NOT NULL)", cancellation);
        await using var command = _database.Connection.CreateCommand();
        command.CommandText = "SELECT MAX(version) FROM smi_schema";
        var version = await command.ExecuteScalarAsync(cancellation) is { } found and not DBNull ? Convert.ToInt32(found, CultureInfo.InvariantCulture) : 0;
        if (version > SchemaVersion)
        {
            throw new InvalidDataException($"the job store has schema version {version}; this program knows up to {SchemaVersion}. Use the newer program, or another store.");
        }

        if (version == 0)
        {
            foreach (var statement in Tables)
            {
                await RunAsync(null, statement, cancellation);
            }

            await RunAsync(null, $"INSERT INTO smi_schema VALUES({SchemaVersion})", cancellation);
        }
    }

    private async Task PutAsync(DbTransaction transaction, MessageHeader header, ExtractionMessage message, CancellationToken cancellation)
    {
        await PutJobAsync(transaction, message.Extraction, cancellation);
        switch (message)
        {
            case ExtractionRequestInfoMessage info:
                await RunAsync(
                    transaction, "UPDATE smi_jobs SET key_tag=@tag, key_count=@count, user_name=@user, modality=@modality WHERE job=@job", cancellation,
                    ("@tag", info.KeyTag), ("@count", info.KeyValueCount), ("@user", info.UserName), ("@modality", info.Extraction.Modality), Job(message));
                break;
            case ExtractFileCollectionInfoMessage collection:
                await PutCollectionAsync(transaction, collection, cancellation);
                break;
            case ExtractedFileStatusMessage status:
                // Parents: the request, then the message that asked for this file.
                await PutResultAsync(
                    transaction, message, header.Parents is [.., var file] ? file : header.MessageGuid, status.OutputFilePath, status.DicomFilePath,
                    status.Status.ToString(), status.StatusMessage, cancellation);
                break;
            case ExtractedFileVerificationMessage verification:
                // Parents: the request, the message that asked for this file, and its status.
                await PutResultAsync(
                    transaction, message, header.Parents is [.., var asked, _] ? asked : header.MessageGuid, verification.OutputFilePath,
                    verification.DicomFilePath, $"Verified{verification.Status}", verification.Report, cancellation);
                break;
        }
    }

    private Task PutJobAsync(DbTransaction transaction, Messaging.Messages.Extraction job, CancellationToken cancellation) => InsertAsync(
        transaction, "smi_jobs", cancellation,
        ("job", job.JobIdentifier.ToString("D")), ("project", job.ProjectNumber), ("directory", job.Directory), ("submitted_at", Format(job.JobSubmittedAt)),
        ("modality", job.Modality), ("identifiable", job.IsIdentifiable ? 1 : 0), ("no_filter", job.IsNoFilter ? 1 : 0), ("pooled", job.IsPooled ? 1 : 0));

    private async Task PutCollectionAsync(DbTransaction transaction, ExtractFileCollectionInfoMessage message, CancellationToken cancellation)
    {
        var (job, key) = (message.Extraction.JobIdentifier.ToString("D"), Hash(message.KeyValue));
        await InsertAsync(transaction, "smi_collections", cancellation, ("job", job), ("key_hash", key), ("key_value", message.KeyValue));
        foreach (var file in message.Dispatched)
        {
            await InsertAsync(
                transaction, "smi_files", cancellation, ("job", job), ("path_hash", Hash(file.OutputPath)), ("message", file.Header.MessageGuid.ToString("D")),
                ("output_path", file.OutputPath));
        }

        foreach (var (reason, count) in message.RejectionReasons)
        {
            await InsertAsync(
                transaction, "smi_rejections", cancellation, ("job", job), ("key_hash", key), ("reason_hash", Hash(reason)), ("reason", reason), ("files", count));
        }
    }

    private Task PutResultAsync(
        DbTransaction transaction, ExtractionMessage message, Guid file, string? output, string source, string outcome, string? detail, CancellationToken cancellation) =>
        InsertAsync(
            transaction, "smi_results", cancellation,
            ("job", message.Extraction.JobIdentifier.ToString("D")), ("message", file.ToString("D")), ("path_hash", output is null ? null : Hash(output)),
            ("source_path", source), ("outcome", outcome), ("detail", detail));

    private static (string, object?) Job(ExtractionMessage message) => ("@job", message.Extraction.JobIdentifier.ToString("D"));

    private async Task InsertAsync(DbTransaction transaction, string table, CancellationToken cancellation, params (string Column, object? Value)[] values)
    {
        var columns = string.Join(", ", values.Select(value => value.Column));
        var names = string.Join(", ", values.Select(value => "@" + value.Column));
        var (before, after) = _database.Type is DatabaseType.MySql or DatabaseType.MariaDB ? (" IGNORE", "") : ("", " ON CONFLICT DO NOTHING");
        await RunAsync(
            transaction, $"INSERT{before} INTO {table}({columns}) VALUES({names}){after}", cancellation, [.. values.Select(value => ("@" + value.Column, value.Value))]);
    }

    private async Task<int> RunAsync(DbTransaction? transaction, string sql, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        command.Transaction = transaction;
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<long> CountAsync(string sql, Guid job, CancellationToken cancellation)
    {
        await using var command = Command(sql, [("@job", job.ToString("D"))]);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }

    private Task<List<string[]>> RowsAsync(string sql, Guid job, CancellationToken cancellation) => AloneAsync(
        async () =>
        {
            await using var command = Command(sql, [("@job", job.ToString("D"))]);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<string[]>();
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader, column) ?? "")]);
            }

            return rows;
        },
        cancellation);

    private Task<IReadOnlyList<JobRecord>> JobsAsync(string where, (string, object?)[] parameters, CancellationToken cancellation) => AloneAsync<IReadOnlyList<JobRecord>>(
        async () =>
        {
            await using var command = Command(
                $"SELECT job, project, directory, submitted_at, modality, identifiable, no_filter, pooled, key_tag, key_count, user_name, completed_at FROM smi_jobs {where} ORDER BY submitted_at",
                parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var jobs = new List<JobRecord>();
            while (await reader.ReadAsync(cancellation))
            {
                jobs.Add(Job(reader));
            }

            return jobs;
        },
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
    };

    private static string? Text(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture);

    private DbCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        var command = _database.Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }
}
