using System.Diagnostics;
using System.Globalization;
using Smi.Deid;
using Smi.Deid.Files;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tags.Ctp;

namespace Smi.Bench;

/// <summary>De-identifies a folder again and again within one process: what a service that runs for days costs a file.</summary>
internal static class Rounds
{
    // More must not wait for the disk at once. Less stays until the last round: some file systems are slow to make files where others have just gone.
    private const long DirtyLength = 100_000_000;

    public static int Run(RoundOptions options)
    {
        var deidentifier = DeidentifierFactory.Create(PolicyOf(options), MasterKey.Random());
        var input = new ConfinedRoot(options.Input);
        var files = Directory.GetFiles(options.Input, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(input.FromWalk).ToList();
        var bytes = files.Sum(file => new FileInfo(file.FullPath).Length);
        Console.WriteLine($"{files.Count} files, {bytes / 1e6:F0} MB, {options.Jobs} jobs");
        for (var round = 1; round <= options.Count; round++)
        {
            Console.WriteLine(Measure(round, options, deidentifier, files, bytes));
        }

        Directory.Delete(options.Output, recursive: true);

        return 0;
    }

    private static DeidPolicy PolicyOf(RoundOptions options)
    {
        var clean = options.Clean == "none" ? CleanOptions.None : DeidentifierFactory.Built;
        return options.Tags == "basic"
            ? new DeidPolicy { Clean = clean }
            : new DeidPolicy { Clean = clean, Script = CtpScript.Load(options.Tags, new CtpScriptOptions()), RefusesDirectories = false };
    }

    private static string Measure(int round, RoundOptions options, Deidentifier deidentifier, List<ConfinedPath> files, long bytes)
    {
        var folder = Path.Combine(options.Output, $"{round}");
        Directory.CreateDirectory(folder);
        var output = new ConfinedRoot(folder);
        using var process = Process.GetCurrentProcess();
        var (processor, allocated, started) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var milliseconds = new double[files.Count];
        var refused = 0;
        Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs }, index =>
        {
            var start = Stopwatch.GetTimestamp();
            var job = new DeidJob { Source = files[index], Output = output.FromWalk(Path.Combine(output.Path, files[index].Relative)), SubmittedAt = DateTimeOffset.UnixEpoch };
            if (deidentifier.Run(job, CancellationToken.None) is not DeidOutcome.Deidentified)
            {
                Interlocked.Increment(ref refused);
            }

            milliseconds[index] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        var cpu = (process.TotalProcessorTime - processor).TotalMilliseconds / files.Count;
        Array.Sort(milliseconds);
        if (bytes > DirtyLength)
        {
            Directory.Delete(folder, recursive: true);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"round {round}: {cpu:F3} ms CPU a file, {files.Count / seconds:F0} files/s, {bytes / 1e6 / seconds:F0} MB/s, p50 {At(milliseconds, 0.5):F2} ms, p99 {At(milliseconds, 0.99):F2} ms, "
            + $"{(GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / files.Count:F0} KB allocated a file, {process.WorkingSet64 / 1e6:F0} MB resident, {refused} refused");
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}
