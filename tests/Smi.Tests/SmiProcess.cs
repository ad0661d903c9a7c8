using System.Diagnostics;

namespace Smi.Tests;

/// <summary>The program as its users run it: through the launcher, as a process.</summary>
internal sealed record SmiProcess(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    public static Task<SmiProcess> Run(params string[] arguments) => RunIn(Path.GetTempPath(), arguments);

    public static async Task<SmiProcess> RunIn(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(SharedFiles.RepositoryRoot, "smi"), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the launcher did not start");
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new SmiProcess(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
