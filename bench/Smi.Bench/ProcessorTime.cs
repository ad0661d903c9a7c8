using System.Diagnostics;

namespace Smi.Bench;

internal static class ProcessorTime
{
    /// <summary>Milliseconds of processor time of this process, for other programs share the machine.</summary>
    public static double Median(int rounds, Action work)
    {
        var times = new double[rounds];
        using var process = Process.GetCurrentProcess();
        for (var round = 0; round < rounds; round++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            work();
            process.Refresh();
            times[round] = (process.TotalProcessorTime - before).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[rounds / 2];
    }
}
