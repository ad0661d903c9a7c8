using System.Diagnostics;
using Smi.Deid.Tools;

namespace Smi.Deid.Tests.Tools;

/// <summary>A line daemon alone, with nobody between it and its files: the measure for a pool of it.</summary>
internal sealed class RawDaemon : IDisposable
{
    private readonly Process process;

    public RawDaemon(ToolDefinition tool)
    {
        var start = new ProcessStartInfo("setpriv") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (IEnumerable<string>)["--bounding-set=-dac_override", "--", tool.Command, .. tool.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start) ?? throw new InvalidOperationException("no process");
        while (process.StandardOutput.ReadLine() is { } line && line != tool.Lines.Ready)
        {
        }
    }

    /// <summary>False when it does not say that the file is written.</summary>
    public bool Do(string source, string target)
    {
        process.StandardInput.WriteLine($"{source} {target}");
        process.StandardInput.Flush();
        return process.StandardOutput.ReadLine() == "OK" && File.Exists(target);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
