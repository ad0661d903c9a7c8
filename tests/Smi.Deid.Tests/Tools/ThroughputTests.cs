using Smi.Tests;
using System.Diagnostics;
using System.Globalization;
using Smi.Deid.Samples;
using Smi.Deid.Tools.Pools;

namespace Smi.Deid.Tests.Tools;

/// <summary>Files a second through a pool of one daemon, and of the daemon alone, in turns. eng/long.sh has the large form, with the real ctp-anon-cli.</summary>
[Collection(ToolProcesses.Name)]
public sealed class ThroughputTests : IDisposable
{
    private const int Workers = 3;
    private readonly ToolWorkplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public void A_pool_lets_its_daemon_work_nearly_as_fast_as_alone()
    {
        var tool = CtpAnonCli.Find() ?? Liar.Lines("takes its time") with { PoolSize = 1 };
        var rounds = TestSize.Of("SMI_TOOL_ROUNDS", 3);
        var files = Files(TestSize.Of("SMI_TOOL_FILES", 20));
        using var alone = new RawDaemon(tool);
        using var pool = workplace.Pool(tool);
        Alone(alone, files);
        Pooled(pool, files);
        var ratios = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var (raw, pooled) = (Alone(alone, files), Pooled(pool, files));
            ratios.Add(pooled / raw);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tool.Name}: alone {raw:F0} files/s, pool {pooled:F0} files/s, {pooled / raw:P0}"));
        }

        // The small form runs beside other tests; it only shows that our work and the daemon's overlap.
        ratios.Sort();
        Assert.True(ratios[ratios.Count / 2] > (CtpAnonCli.Find() is null ? 0.1 : 0.9), $"the median ratio is {ratios[ratios.Count / 2]:F2}");
    }

    private static double Alone(RawDaemon daemon, List<string> files)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var file in files)
        {
            Assert.True(daemon.Do(file, file + ".out"));
            File.Delete(file + ".out");
        }

        return files.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Pooled(ToolPool pool, List<string> files)
    {
        var started = Stopwatch.GetTimestamp();
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = TestContext.Current.CancellationToken }, file =>
        {
            var job = new ToolJob { Source = file, Modality = "CT", WriteEdited = _ => { } };
            using var produced = Assert.IsType<ToolResult.Produced>(pool.Run(job, TestContext.Current.CancellationToken));
        });
        return files.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private List<string> Files(int count)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workplace.Folder, "samples")).FullName;
        SampleHospital.Write(folder, 1);
        var samples = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).Contains(' ', StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var files = Enumerable.Range(0, count).Select(number => (Source: samples[number % samples.Count], Target: Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"file{number}.dcm")))).ToList();
        foreach (var (source, target) in files)
        {
            File.Copy(source, target);
            File.SetUnixFileMode(target, UnixFileMode.UserRead);
        }

        return [.. files.Select(file => file.Target)];
    }
}
