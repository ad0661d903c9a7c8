using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Smi.Messaging.Storage;

/// <summary>
/// Opens our SQLite stores: WAL, full synchronisation, and a schema version in user_version. Version n is reached by running the first n
/// migrations; an older store is brought forward in one transaction, a newer one is refused.
/// </summary>
public sealed class SqliteSchema(string storeName, IReadOnlyList<string> migrations)
{
    /// <summary>An open connection to the store at this path, created when missing.</summary>
    public SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = 60,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA busy_timeout=60000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
            Migrate(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Migrate(SqliteConnection connection, string path)
    {
        if (Version(connection) == migrations.Count)
        {
            return;
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Version(connection);
        if (version > migrations.Count)
        {
            throw new InvalidDataException(
                $"{path} is a {storeName} of schema version {version}; this program knows up to {migrations.Count}. Use the newer program, or another file.");
        }

        for (; version < migrations.Count; version++)
        {
            Execute(connection, migrations[version]);
        }

        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={version}"));
        transaction.Commit();
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
