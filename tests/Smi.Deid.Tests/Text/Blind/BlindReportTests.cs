using Smi.Deid.Tests.Text.Benchmark;

namespace Smi.Deid.Tests.Text.Blind;

/// <summary>Sets of reports, each written before the detector was run on any of it. docs/benchmarks.md tells what each gave at first sight.</summary>
public sealed class BlindReportTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("fourth", 400)]
    [InlineData("fifth", 400)]
    [InlineData("sixth", 400)]
    [InlineData("seventh", 400)]
    [InlineData("eighth", 400)]
    public void Finds_what_identifies_in_reports_of_other_countries_and_specialities(string set, int count)
    {
        var benchmark = new TextBenchmark();
        for (var seed = 0; seed < count; seed++)
        {
            var report = BlindReports.Make(set, seed);
            benchmark.Add(report, CleanerFixture.Cleaner.Find(report.Text, report.Known));
        }

        foreach (var line in benchmark.Lines().Concat(benchmark.Examples)) output.WriteLine(line);
        Assert.True(benchmark.Kinds.Count >= 12);
        Assert.True(benchmark.Recall >= 0.992, $"recall {benchmark.Recall:P2}");
        Assert.True(benchmark.Precision >= 0.98, $"precision {benchmark.Precision:P2}");
    }
}
