using System.Diagnostics;

namespace Smi.Tests.Pages;

/// <summary>A folder and a shell in which `smi` is this build's launcher; everything it starts ends with it.</summary>
internal sealed class PageShell : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);
    private readonly string _bin;

    public PageShell()
    {
        var top = Directory.CreateTempSubdirectory("smi-page-").FullName;
        Folder = Path.Combine(top, "work");
        _bin = Path.Combine(top, "bin");
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(_bin);
        File.CreateSymbolicLink(Path.Combine(_bin, "smi"), Path.Combine(SharedFiles.RepositoryRoot, "smi"));
    }

    public string Folder { get; }

    /// <summary>Everything that the script printed, errors included, in the order it came.</summary>
    public async Task<string> RunAsync(string script)
    {
        var file = Path.Combine(_bin, "page.sh");
        await File.WriteAllTextAsync(file, script, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("bash", ["-c", "exec bash \"$1\" 2>&1", "page", file]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["PATH"] = $"{_bin}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("there is no bash");
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return output;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder) ?? Folder, recursive: true);
}
