using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Databases;

/// <summary>One open connection to any of the servers, and the few differences between them.</summary>
internal sealed class Database : IAsyncDisposable, IDisposable
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
        var connection = ConnectionTo(settings);
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

    /// <summary>For stages of de-identification, which block as all their work does.</summary>
    public static Database Open(DatabaseSettings settings)
    {
        var connection = ConnectionTo(settings);
        try
        {
            connection.Open();
            return new(settings.Type, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Two columns of the rows whose key, the first of them, is one of these.</summary>
    public List<(string Key, string Value)> SelectPairs(string table, string keyColumn, string valueColumn, IReadOnlyList<string> keys, Func<object?, string> text)
    {
        var names = keys.Select((_, index) => $"@k{index}").ToArray();
        var sql = $"SELECT {Quote(keyColumn)}, {Quote(valueColumn)} FROM {Qualified(table)} WHERE {Quote(keyColumn)} IN ({string.Join(",", names)})";
        using var command = Command(null, sql, [.. names.Zip(keys, (name, key) => (name, (object?)key))]);
        using var reader = command.ExecuteReader();
        var pairs = new List<(string, string)>();
        while (reader.Read())
        {
            pairs.Add((text(reader.IsDBNull(0) ? null : reader.GetValue(0)), text(reader.IsDBNull(1) ? null : reader.GetValue(1))));
        }

        return pairs;
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
        var wanted = columns.Count == 0 ? "*" : string.Join(", ", columns.Select(Quote));
        var names = keys.Select((_, index) => $"@k{index}").ToArray();
        var sql = $"SELECT {wanted} FROM {Qualified(table)} WHERE {Quote(keyColumn)} IN ({string.Join(",", names)})";
        await using var command = Command(null, sql, [.. names.Zip(keys, (name, key) => (name, (object?)key))]);

        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var header = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        while (await reader.ReadAsync(cancellation))
        {
            yield return new(header, [.. Enumerable.Range(0, header.Length).Select(index => reader.IsDBNull(index) ? null : reader.GetValue(index))]);
        }
    }

    /// <summary>The columns of a table, for a look before any work.</summary>
    public async Task<IReadOnlyList<string>> ColumnsAsync(string table, CancellationToken cancellation)
    {
        await using var command = Command(null, $"SELECT * FROM {Qualified(table)} WHERE 1=0", []);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    public async Task<DbTransaction> BeginAsync(CancellationToken cancellation) => Type == DatabaseType.SQLite && _connection is SqliteConnection sqlite
        ? sqlite.BeginTransaction(deferred: false)
        : await _connection.BeginTransactionAsync(cancellation);

    public DbConnection Connection => _connection;

    /// <summary>Carries out a statement that gives no rows; answers how many it changed.</summary>
    public async Task<int> RunAsync(DbTransaction? transaction, string sql, IReadOnlyList<(string Name, object? Value)> parameters, CancellationToken cancellation)
    {
        await using var command = Command(transaction, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The first value of the first row, null when there is no row.</summary>
    public async Task<object?> ScalarAsync(DbTransaction? transaction, string sql, IReadOnlyList<(string Name, object? Value)> parameters, CancellationToken cancellation)
    {
        await using var command = Command(transaction, sql, parameters);
        return await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>All rows.</summary>
    public async Task<List<T>> RowsAsync<T>(
        string sql, IReadOnlyList<(string Name, object? Value)> parameters, Func<DbDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = Command(null, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    public void Dispose() => _connection.Dispose();

    private static DbConnection ConnectionTo(DatabaseSettings settings) => settings.Type switch
    {
        DatabaseType.SQLite => new SqliteConnection(settings.ConnectionString),
        DatabaseType.MySql or DatabaseType.MariaDB => new MySqlConnection(settings.ConnectionString),
        DatabaseType.PostgreSql => new NpgsqlConnection(settings.ConnectionString),
        DatabaseType.MicrosoftSQLServer => new SqlConnection(settings.ConnectionString),
        _ => throw new InvalidOperationException($"no driver for {settings.Type}"),
    };

    private DbCommand Command(DbTransaction? transaction, string sql, IReadOnlyList<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private string Qualified(string table) => string.Join('.', table.Split('.').Select(Quote));

    private string Quote(string name) => Type switch
    {
        DatabaseType.MySql or DatabaseType.MariaDB => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`",
        DatabaseType.MicrosoftSQLServer => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]",
        _ => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };
}
