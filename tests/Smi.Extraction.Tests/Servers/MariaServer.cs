using MySqlConnector;
using Smi.Extraction.Settings;

[assembly: AssemblyFixture(typeof(Smi.Extraction.Tests.Servers.MariaServer))]

namespace Smi.Extraction.Tests.Servers;

/// <summary>A real MariaDB.</summary>
public sealed class MariaServer() : DatabaseServer("mariadb.sh", "mariadb-server", () => File.Exists("/usr/sbin/mariadbd"))
{
    protected override async Task<DatabaseSettings> CreateAsync(string name)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var server = $"Server=127.0.0.1;Port={Port};User=root";
        await using var connection = new MySqlConnection(server);
        await connection.OpenAsync(cancellation);
        await using var command = new MySqlCommand($"CREATE DATABASE {name} CHARACTER SET utf8mb4", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        return new() { Type = DatabaseType.MariaDB, ConnectionString = $"{server};Database={name}" };
    }

    protected override void ForgetConnections() => MySqlConnection.ClearAllPools();
}
