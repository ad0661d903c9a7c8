using Smi.Extraction.Hosting;

namespace Smi.Extraction.Tests.Hosting;

public sealed class MetricsTests
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
        metrics.InFlight.Add(1);

        Assert.Contains("\nsmi_in_flight 1\n", metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_sizes_are_a_histogram_whose_buckets_hold_all_smaller_ones_too()
    {
        var metrics = new ServiceMetrics();
        foreach (var size in (int[])[1, 2, 3, 256, 5000])
        {
            metrics.BatchSizes.Observe(size, "Q");
        }

        var page = metrics.Render();

        Assert.Contains("# TYPE smi_batch_messages histogram\n", page, StringComparison.Ordinal);
        Assert.Contains("smi_batch_messages_bucket{queue=\"Q\",le=\"1\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("smi_batch_messages_bucket{queue=\"Q\",le=\"2\"} 2\n", page, StringComparison.Ordinal);
        Assert.Contains("smi_batch_messages_bucket{queue=\"Q\",le=\"128\"} 3\n", page, StringComparison.Ordinal);
        Assert.Contains("smi_batch_messages_bucket{queue=\"Q\",le=\"1024\"} 4\n", page, StringComparison.Ordinal);
        Assert.Contains("smi_batch_messages_bucket{queue=\"Q\",le=\"+Inf\"} 5\n", page, StringComparison.Ordinal);
        Assert.Contains("smi_batch_messages_sum{queue=\"Q\"} 5262\nsmi_batch_messages_count{queue=\"Q\"} 5\n", page, StringComparison.Ordinal);
    }
}
