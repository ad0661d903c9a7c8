using Npgsql;
using Smi.Extraction.Settings;

[assembly: AssemblyFixture(typeof(Smi.Extraction.Tests.Servers.PostgreSqlServer))]

namespace Smi.Extraction.Tests.Servers;

/// <summary>A real PostgreSQL.</summary>
public sealed class PostgreSqlServer() : DatabaseServer("postgresql.sh", "postgresql", () => Directory.Exists("/usr/lib/postgresql"))
{
    protected override async Task<DatabaseSettings> CreateAsync(string name)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var server = $"Host=127.0.0.1;Port={Port};Username=postgres";
        await using var connection = new NpgsqlConnection($"{server};Database=postgres");
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        return new() { Type = DatabaseType.PostgreSql, ConnectionString = $"{server};Database={name}" };
    }

    protected override void ForgetConnections() => NpgsqlConnection.ClearAllPools();
}
