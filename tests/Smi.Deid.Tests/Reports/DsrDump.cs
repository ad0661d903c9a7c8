using System.Diagnostics;

namespace Smi.Deid.Tests.Reports;

/// <summary>DCMTK's dsrdump, which reads a report by its IOD and renders it.</summary>
internal static class DsrDump
{
    private const string Program = "/usr/bin/dsrdump";

    /// <summary>Skips the test where the program is not installed, but in CI.</summary>
    public static bool IsThere()
    {
        if (File.Exists(Program)) return true;
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "dsrdump is not installed");
        Assert.Skip("dsrdump is not installed (apt-get install dcmtk)");
        return false;
    }

    public static async Task<(int ExitCode, string Output)> Render(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, ["+Pl", path]) { RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException("dsrdump did not start");
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
