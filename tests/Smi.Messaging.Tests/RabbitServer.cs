using System.Diagnostics;
using System.Net.Sockets;
using Smi.Messaging.RabbitMq;

[assembly: AssemblyFixture(typeof(Smi.Messaging.Tests.RabbitServer))]

namespace Smi.Messaging.Tests;

/// <summary>A real RabbitMQ of this test run, started by the project's own script when the first test asks for it.</summary>
public sealed class RabbitServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _port;

    /// <summary>Where the server keeps everything.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("smi-rabbit-").FullName;

    /// <summary>Puts what the server needs into its folder before it starts, such as certificates.</summary>
    public Action<string> Prepare { get; init; } = _ => { };

    public async Task<RabbitOptions> StartAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_port == 0)
            {
                SkipWithoutServer();
                _port = FreePort();
                Prepare(Folder);
                await RunAsync("start", _port);
            }
        }
        finally
        {
            _turn.Release();
        }

        return Options();
    }

    /// <summary>The settings that lead to this virtual host.</summary>
    public static string YamlOf(RabbitOptions options) =>
        "MessageBrokerType: RabbitMQ\n"
        + $"RabbitOptions: {{ RabbitMqHostName: 127.0.0.1, RabbitMqHostPort: {options.Port}, RabbitMqVirtualHost: {options.VirtualHost}, RabbitMqManagementPort: {options.ManagementPort} }}";

    /// <summary>Options of a virtual host of its own, so that tests do not meet.</summary>
    public async Task<RabbitOptions> NewVirtualHostAsync()
    {
        await StartAsync();
        return Options($"test-{Guid.NewGuid():N}");
    }

    public Task KillAsync() => RunAsync("kill", _port);

    public Task StopAsync() => RunAsync("stop", _port);

    public Task RestartAsync() => RunAsync("start", _port);

    public async ValueTask DisposeAsync()
    {
        if (_port != 0)
        {
            await RunAsync("kill", _port);
        }

        Directory.Delete(Folder, recursive: true);
        _turn.Dispose();
    }

    private RabbitOptions Options(string virtualHost = "/") => new()
    {
        HostName = "127.0.0.1",
        Port = _port,
        ManagementPort = _port + 1,
        VirtualHost = virtualHost,
        FirstRetryDelay = TimeSpan.FromMilliseconds(100),
        WatchdogInterval = TimeSpan.FromSeconds(1),
    };

    private static void SkipWithoutServer()
    {
        if (Directory.Exists("/usr/lib/rabbitmq"))
        {
            return;
        }

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "rabbitmq-server is not installed");
        Assert.Skip("rabbitmq-server is not installed (apt-get install rabbitmq-server)");
    }

    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            if (Enumerable.Range(port, 6).All(IsFree))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(System.Net.IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task RunAsync(string action, int port)
    {
        var start = new ProcessStartInfo(Path.Combine(RepositoryRoot(), "eng", "rabbitmq.sh")) { RedirectStandardError = true };
        start.ArgumentList.Add(action);
        start.ArgumentList.Add(Folder);
        start.ArgumentList.Add($"{port}");
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the script did not start");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"eng/rabbitmq.sh {action}: exit {process.ExitCode}");
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "smi.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
