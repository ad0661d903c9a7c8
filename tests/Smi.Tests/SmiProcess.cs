using System.Diagnostics;

namespace Smi.Tests;

/// <summary>The program as its users run it: through the launcher, as a process.</summary>
internal sealed record SmiProcess(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    public static Task<SmiProcess> Run(params string[] arguments) => RunIn(Path.GetTempPath(), arguments);

    public static Task<SmiProcess> RunIn(string folder, params string[] arguments) =>
        Run(new ProcessStartInfo(Launcher, arguments) { WorkingDirectory = folder }, _ => { });

    /// <summary>Does something to the process while it runs.</summary>
    public static Task<SmiProcess> RunWith(Action<Process> act, params string[] arguments) => Run(new ProcessStartInfo(Launcher, arguments), act);

    /// <summary>So that permissions count for root too.</summary>
    public static Task<SmiProcess> RunUnprivileged(params string[] arguments) => Environment.UserName == "root"
        ? Run(new ProcessStartInfo("setpriv", ["--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search", Launcher, .. arguments]), _ => { })
        : Run(arguments);

    private static string Launcher => Path.Combine(SharedFiles.RepositoryRoot, "smi");

    private static async Task<SmiProcess> Run(ProcessStartInfo start, Action<Process> act)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the launcher did not start");
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            act(process);
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
