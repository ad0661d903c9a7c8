using System.Collections.Concurrent;
using System.Diagnostics;

namespace Smi.Tests.Crash;

/// <summary>A real service, started again whenever it is not running.</summary>
internal sealed class ServiceProcess(string yaml, string verb = "dicom-anonymiser", ICrashDisk? disk = null) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = [];
    private Process? _process;
    private TaskCompletionSource _spoke = new();

    /// <summary>What it said, all lives together; for the message of a failed test.</summary>
    public string Output => string.Join('\n', _output.TakeLast(40));

    public bool IsRunning => _process is { HasExited: false };

    public void EnsureRunning()
    {
        if (IsRunning)
        {
            return;
        }

        _process?.Dispose();
        var start = new ProcessStartInfo(Path.Combine(SharedFiles.RepositoryRoot, "smi"), [verb, "-y", yaml])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What a killed runtime leaves in the temporary folder otherwise.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = disk?.Start(start) ?? Process.Start(start) ?? throw new InvalidOperationException("the launcher did not start");
        var spoke = _spoke = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) =>
        {
            _output.Enqueue(line.Data ?? "");
            spoke.TrySetResult();
        };
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL. True when there was a process to kill.</summary>
    public async Task<bool> KillAsync()
    {
        if (!IsRunning || _process is not { } process)
        {
            return false;
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return true;
    }

    /// <summary>SIGTERM; answers with the exit code. One that was started just now gets the time to say something: before that no program can answer a signal.</summary>
    public async Task<int> TerminateAsync()
    {
        var process = _process ?? throw new InvalidOperationException("it was never started");
        await _spoke.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        using (var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", $"{process.Id}"])))
        {
            await (kill ?? throw new InvalidOperationException("kill did not start")).WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
    }
}
