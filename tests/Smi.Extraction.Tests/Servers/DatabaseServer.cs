using System.Diagnostics;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Tests.Servers;

/// <summary>A real database server of this test run, started by one of the project's own scripts when the first test asks for it.</summary>
public abstract class DatabaseServer(string script, string package, Func<bool> isInstalled) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("smi-database-").FullName;
    private bool _started;

    protected int Port { get; } = Random.Shared.Next(30_000, 32_000);

    /// <summary>An empty database of its own.</summary>
    public async Task<DatabaseSettings> NewDatabaseAsync()
    {
        await _turn.WaitAsync(TestContext.Current.CancellationToken);
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

        return await CreateAsync($"smi{Guid.NewGuid():N}");
    }

    public Task StopAsync() => RunAsync("stop");

    public Task StartAsync() => RunAsync("start");

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            ForgetConnections();
            await RunAsync("stop");
        }

        Directory.Delete(_folder, recursive: true);
        _turn.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<DatabaseSettings> CreateAsync(string name);

    protected abstract void ForgetConnections();

    private void SkipWithoutServer()
    {
        if (isInstalled())
        {
            return;
        }

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"{package} is not installed");
        Assert.Skip($"{package} is not installed (apt-get install {package})");
    }

    private async Task RunAsync(string action)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "eng", script), [action, _folder, $"{Port}"]);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the script did not start");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"eng/{script} {action}: exit {process.ExitCode}");
        }
    }
}
