using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Databases;

/// <summary>One open connection to any of the servers, and the few differences between them.</summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>Keys of one look-up; SQL Server allows 2,100 parameters.</summary>
    public const int KeysAtOnce = 1000;

    private readonly DbConnection _connection;

    private Database(DatabaseType type, DbConnection connection)
    {
        Type = type;
        _connection = connection;
    }

    public DatabaseType Type { get; }

    public static async Task<Database> OpenAsync(DatabaseSettings settings, CancellationToken cancellation)
    {
        DbConnection connection = settings.Type switch
        {
            DatabaseType.SQLite => new SqliteConnection(settings.ConnectionString),
            DatabaseType.MySql or DatabaseType.MariaDB => new MySqlConnection(settings.ConnectionString),
            DatabaseType.PostgreSql => new NpgsqlConnection(settings.ConnectionString),
            DatabaseType.MicrosoftSQLServer => new SqlConnection(settings.ConnectionString),
            _ => throw new InvalidOperationException($"no driver for {settings.Type}"),
        };
        try
        {
            await connection.OpenAsync(cancellation);
            return new(settings.Type, connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The rows whose key is one of these; at most <see cref="KeysAtOnce"/> keys.</summary>
    /// <param name="table">May be qualified by a schema.</param>
    /// <param name="columns">The columns wanted; none: all, in the table's order.</param>
    /// <param name="keyColumn">The column that holds the keys.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async IAsyncEnumerable<DatabaseRow> SelectAsync(
        string table, IReadOnlyList<string> columns, string keyColumn, IReadOnlyList<string> keys, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = _connection.CreateCommand();
        var wanted = columns.Count == 0 ? "*" : string.Join(", ", columns.Select(Quote));
        var parameters = string.Join(",", keys.Select((_, index) => $"@k{index}"));
        command.CommandText = $"SELECT {wanted} FROM {string.Join('.', table.Split('.').Select(Quote))} WHERE {Quote(keyColumn)} IN ({parameters})";
        for (var index = 0; index < keys.Count; index++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@k{index}";
            parameter.Value = keys[index];
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        while (await reader.ReadAsync(cancellation))
        {
            yield return new(names, [.. Enumerable.Range(0, names.Length).Select(index => reader.IsDBNull(index) ? null : reader.GetValue(index))]);
        }
    }

    public async Task<DbTransaction> BeginAsync(CancellationToken cancellation) => Type == DatabaseType.SQLite && _connection is SqliteConnection sqlite
        ? sqlite.BeginTransaction(deferred: false)
        : await _connection.BeginTransactionAsync(cancellation);

    public DbConnection Connection => _connection;

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private string Quote(string name) => Type switch
    {
        DatabaseType.MySql or DatabaseType.MariaDB => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`",
        DatabaseType.MicrosoftSQLServer => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]",
        _ => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };
}
