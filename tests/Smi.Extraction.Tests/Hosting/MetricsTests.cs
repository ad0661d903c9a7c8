using System.Text.RegularExpressions;
using Smi.Extraction.Hosting;
using Smi.Tests;

namespace Smi.Extraction.Tests.Hosting;

public sealed partial class MetricsTests
{
    [Fact]
    public void Files_are_counted_by_outcome_and_by_the_stage_that_refused_them()
    {
        var metrics = new ServiceMetrics();
        metrics.Files.Add(2, "anonymised", "");
        metrics.Files.Add(1, "refused", "verification");
        metrics.Files.Add(1, "refused", "read");

        Assert.Equal(2, metrics.FilesOf("refused"));
        var page = metrics.Render();
        Assert.Contains("smi_files_total{outcome=\"refused\",stage=\"verification\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("# TYPE smi_files_total counter\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_without_a_label_has_no_braces()
    {
        var metrics = new ServiceMetrics();
        metrics.Batches.Add(1);

        Assert.Contains("\nsmi_batches_total 1\n", metrics.Render(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docs/operating/grafana-dashboard.json")]
    [InlineData("docs/operating/alerts.yaml")]
    public void Dashboard_and_alerts_ask_for_metrics_and_labels_that_there_are(string file)
    {
        var text = File.ReadAllText(Path.Combine(SharedFiles.RepositoryRoot, file));
        var page = new ServiceMetrics().Render();

        var names = MetricName().Matches(text).Select(match => match.Value).Distinct().ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"# TYPE {name} ", page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\bsmi_[a-z_]+\b")]
    private static partial Regex MetricName();
}
