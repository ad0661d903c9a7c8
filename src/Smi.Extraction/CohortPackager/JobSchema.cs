using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Smi.Extraction.Databases;
using Smi.Extraction.Settings;

namespace Smi.Extraction.CohortPackager;

/// <summary>
/// The tables of the job store and how an older store becomes the present one. The table smi_schema holds a row for each version reached;
/// version n is reached by the statements of the first n migrations.
/// </summary>
internal static class JobSchema
{
    // TEXT of MySQL ends at 64 KB, and a verification report may be longer; elsewhere TEXT has no such end.
    private const string OnlyMySql = "mysql: ";

    // Output paths can be longer than an index allows; a hash of the path stands for it.
    private static readonly string[][] Migrations =
    [
        [
            "CREATE TABLE smi_jobs(job CHAR(36) PRIMARY KEY, project VARCHAR(255) NOT NULL, directory VARCHAR(1000) NOT NULL, submitted_at VARCHAR(40) NOT NULL, modality VARCHAR(255), identifiable INTEGER NOT NULL, no_filter INTEGER NOT NULL, pooled INTEGER NOT NULL, key_tag VARCHAR(64), key_count INTEGER, user_name VARCHAR(255), completed_at VARCHAR(40))",
            "CREATE TABLE smi_collections(job CHAR(36) NOT NULL, key_hash CHAR(64) NOT NULL, key_value VARCHAR(1000) NOT NULL, PRIMARY KEY(job, key_hash))",
            "CREATE TABLE smi_rejections(job CHAR(36) NOT NULL, key_hash CHAR(64) NOT NULL, reason_hash CHAR(64) NOT NULL, reason TEXT NOT NULL, files INTEGER NOT NULL, PRIMARY KEY(job, key_hash, reason_hash))",
            "CREATE TABLE smi_files(job CHAR(36) NOT NULL, path_hash CHAR(64) NOT NULL, message CHAR(36) NOT NULL, output_path TEXT NOT NULL, PRIMARY KEY(job, path_hash))",
            "CREATE TABLE smi_results(job CHAR(36) NOT NULL, message CHAR(36) NOT NULL, path_hash CHAR(64), source_path TEXT NOT NULL, outcome VARCHAR(32) NOT NULL, detail TEXT, PRIMARY KEY(job, message))",
            "CREATE INDEX smi_results_path ON smi_results(job, path_hash)",
            "CREATE INDEX smi_files_message ON smi_files(job, message)",
        ],
        [
            "ALTER TABLE smi_results ADD COLUMN received_at VARCHAR(40)",
            "CREATE INDEX smi_results_received ON smi_results(job, received_at)",
            $"{OnlyMySql}ALTER TABLE smi_results MODIFY detail MEDIUMTEXT",
        ],
        ["ALTER TABLE smi_jobs ADD COLUMN trace_parent VARCHAR(55)"],
    ];

    /// <summary>Brings the store to the present version; several processes may try at once.</summary>
    /// <exception cref="InvalidDataException">The store is of a newer program.</exception>
    public static Task PrepareAsync(Database database, CancellationToken cancellation) => PrepareAsync(database, Migrations.Length, cancellation);

    /// <summary>Brings the store to a version that may be an older one, as an older program would.</summary>
    internal static async Task PrepareAsync(Database database, int wanted, CancellationToken cancellation)
    {
        if (database.Type == DatabaseType.SQLite)
        {
            // Readers, such as `smi status`, then never stop the packager.
            await database.RunAsync(null, "PRAGMA journal_mode=WAL", [], cancellation);
        }

        if (database.Type is DatabaseType.MySql or DatabaseType.MariaDB)
        {
            await PrepareMySqlAsync(database, wanted, cancellation);
            return;
        }

        await using var transaction = await database.BeginAsync(cancellation);
        if (database.Type == DatabaseType.PostgreSql)
        {
            // Any number that nobody else uses; given back at the end of the transaction.
            await database.RunAsync(transaction, "SELECT pg_advisory_xact_lock(736871049)", [], cancellation);
        }

        await MigrateAsync(database, transaction, wanted, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    // MySQL commits at each change of a table, so an interrupted migration is carried on, not undone.
    private static async Task PrepareMySqlAsync(Database database, int wanted, CancellationToken cancellation)
    {
        await database.RunAsync(null, "SELECT GET_LOCK('smi_schema', 60)", [], cancellation);
        await MigrateAsync(database, null, wanted, cancellation);
        await database.RunAsync(null, "SELECT RELEASE_LOCK('smi_schema')", [], cancellation);
    }

    private static async Task MigrateAsync(Database database, DbTransaction? transaction, int wanted, CancellationToken cancellation)
    {
        await database.RunAsync(transaction, "CREATE TABLE IF NOT EXISTS smi_schema(version INTEGER NOT NULL)", [], cancellation);
        var found = await database.ScalarAsync(transaction, "SELECT MAX(version) FROM smi_schema", [], cancellation);
        var version = found is null or DBNull ? 0 : Convert.ToInt32(found, CultureInfo.InvariantCulture);
        if (version > wanted)
        {
            throw new InvalidDataException(
                $"the job store has schema version {version}; this program knows up to {wanted}. Use the newer program, or another store.");
        }

        for (; version < wanted; version++)
        {
            foreach (var statement in Migrations[version].Select(statement => For(database, statement)).OfType<string>())
            {
                await RunOnceAsync(database, transaction, statement, cancellation);
            }

            await database.RunAsync(transaction, "INSERT INTO smi_schema VALUES(@version)", [("@version", version + 1)], cancellation);
        }
    }

    /// <summary>Null when the statement is not for this kind of server.</summary>
    private static string? For(Database database, string statement) => !statement.StartsWith(OnlyMySql, StringComparison.Ordinal) ? statement
        : database.Type is DatabaseType.MySql or DatabaseType.MariaDB ? statement[OnlyMySql.Length..]
        : null;

    private static async Task RunOnceAsync(Database database, DbTransaction? transaction, string statement, CancellationToken cancellation)
    {
        try
        {
            await database.RunAsync(transaction, statement, [], cancellation);
        }
        catch (MySqlException fault) when (fault.ErrorCode is MySqlErrorCode.TableExists or MySqlErrorCode.DuplicateFieldName or MySqlErrorCode.DuplicateKeyName)
        {
            // Done by a migration that was interrupted before it could write its version down.
        }
    }
}
