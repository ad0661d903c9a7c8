using System.Diagnostics;

namespace Smi.Extraction.Tests.Servers;

/// <summary>A real Redis of one test.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";
    private readonly string _folder = Directory.CreateTempSubdirectory("smi-redis-").FullName;
    private readonly int _port = Random.Shared.Next(32_000, 34_000);

    public string ConnectionString => $"127.0.0.1:{_port},connectTimeout=2000,syncTimeout=2000,abortConnect=true";

    public static async Task<RedisServer> StartAsync()
    {
        if (!File.Exists(Program))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "redis-server is not installed");
            Assert.Skip("redis-server is not installed (apt-get install redis-server)");
        }

        var server = new RedisServer();
        await server.RunAsync("start");
        return server;
    }

    public Task StopAsync() => RunAsync("stop");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(string action)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "eng", "redis.sh"), [action, _folder, $"{_port}"]))
            ?? throw new InvalidOperationException("the script did not start");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
