using Smi.Extraction.CohortExtractor;
using Smi.Extraction.Tests.Workflow;

namespace Smi.Extraction.Tests.CohortExtractor;

public sealed class IndexerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_changed_is_read_again_and_what_is_gone_leaves_the_index()
    {
        await using var deployment = new Deployment();
        var samples = deployment.AddSamples(seed: 5);
        await RunAsync(deployment, deployment.Sources);
        File.SetLastWriteTimeUtc(Path.Combine(deployment.Sources, samples[0].RelativePath), DateTime.UnixEpoch);
        File.Delete(Path.Combine(deployment.Sources, samples[1].RelativePath));

        var second = await RunAsync(deployment, deployment.Sources);

        Assert.Equal((1, samples.Count - 2, 1, 0), (second.Read, second.Unchanged, second.Removed, second.Unreadable));
    }

    [Fact]
    public async Task A_folder_below_the_root_is_indexed_by_paths_from_the_root_and_others_stay()
    {
        await using var deployment = new Deployment();
        var samples = deployment.AddSamples(seed: 5);
        await RunAsync(deployment, deployment.Sources);
        var part = samples[0].RelativePath.Split('/')[0];

        var again = await RunAsync(deployment, Path.Combine(deployment.Sources, part));

        Assert.Equal((0, 0), (again.Read, again.Removed));
        Assert.Equal(samples.Count(sample => sample.RelativePath.StartsWith(part + "/", StringComparison.Ordinal)), again.Unchanged);
    }

    [Fact]
    public async Task A_folder_elsewhere_is_refused_because_its_files_could_not_be_extracted()
    {
        await using var deployment = new Deployment();

        Assert.Throws<ArgumentException>(() => new Indexer(deployment.Sources, deployment.ExtractRoot, deployment.Settings.CohortExtractor.IndexFile, "*"));
    }

    [Fact]
    public async Task What_is_not_DICOM_is_counted_and_a_pipe_stops_nothing()
    {
        await using var deployment = new Deployment();
        await File.WriteAllTextAsync(Path.Combine(deployment.Sources, "text"), "no DICOM", Cancellation);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(deployment.Sources, "pipe")]))
        {
            await made.WaitForExitAsync(Cancellation);
        }

        var indexer = await RunAsync(deployment, deployment.Sources).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal((0, 2), (indexer.Read, indexer.Unreadable));
    }

    [Fact]
    public async Task After_an_interruption_the_next_run_carries_on_and_the_index_is_whole()
    {
        await using var deployment = new Deployment();
        var samples = deployment.AddSamples(seed: 5);
        using var interruption = new CancellationTokenSource();
        await interruption.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => New(deployment, deployment.Sources).RunAsync(new Progress<int>(), interruption.Token));

        var second = await RunAsync(deployment, deployment.Sources);

        Assert.Equal(samples.Count, second.Read + second.Unchanged);
    }

    private static Indexer New(Deployment deployment, string folder) => new(deployment.Sources, folder, deployment.Settings.CohortExtractor.IndexFile, "*");

    private static async Task<Indexer> RunAsync(Deployment deployment, string folder)
    {
        var indexer = New(deployment, folder);
        await indexer.RunAsync(new Progress<int>(), Cancellation);
        return indexer;
    }
}
