using System.Diagnostics;

[assembly: AssemblyFixture(typeof(Smi.Extraction.Tests.Servers.MariaServer))]

namespace Smi.Extraction.Tests.Servers;

/// <summary>A real MariaDB of this test run, started by the project's own script when the first test asks for it.</summary>
public sealed class MariaServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("smi-maria-").FullName;
    private readonly int _port = Random.Shared.Next(30_000, 32_000);
    private bool _started;

    /// <summary>A connection string of an empty database of its own.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _turn.WaitAsync(cancellation);
        try
        {
            if (!_started)
            {
                SkipWithoutServer();
                await RunAsync("start");
                _started = true;
            }
        }
        finally
        {
            _turn.Release();
        }

        var name = $"smi{Guid.NewGuid():N}";
        await using var connection = new MySqlConnector.MySqlConnection($"Server=127.0.0.1;Port={_port};User=root");
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name} CHARACTER SET utf8mb4";
        await command.ExecuteNonQueryAsync(cancellation);
        return $"Server=127.0.0.1;Port={_port};User=root;Database={name}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            MySqlConnector.MySqlConnection.ClearAllPools();
            await RunAsync("stop");
        }

        Directory.Delete(_folder, recursive: true);
        _turn.Dispose();
    }

    private static void SkipWithoutServer()
    {
        if (File.Exists("/usr/sbin/mariadbd"))
        {
            return;
        }

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "mariadb-server is not installed");
        Assert.Skip("mariadb-server is not installed (apt-get install mariadb-server)");
    }

    private async Task RunAsync(string action)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "eng", "mariadb.sh"));
        foreach (var argument in (string[])[action, _folder, $"{_port}"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("the script did not start");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"eng/mariadb.sh {action}: exit {process.ExitCode}");
        }
    }
}
