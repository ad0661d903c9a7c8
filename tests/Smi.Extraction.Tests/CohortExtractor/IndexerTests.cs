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
    public async Task A_name_that_is_not_UTF_8_is_reported_and_the_rest_is_indexed()
    {
        await using var deployment = new Deployment();
        var samples = deployment.AddSamples(seed: 5);
        await ShellAsync($"printf x > '{deployment.Sources}/'$'bad\\xff'");

        var indexer = await RunAsync(deployment, deployment.Sources);

        Assert.Equal((samples.Count, 0, 1), (indexer.Read, indexer.Unreadable, indexer.Failed.Count));
        // Nor could the test take it away by that name.
        await ShellAsync($"rm '{deployment.Sources}/'$'bad\\xff'");
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

    [Fact]
    public async Task Links_to_allowed_volumes_are_followed_once_and_links_that_the_services_would_refuse_are_named()
    {
        await using var deployment = new Deployment();
        var samples = deployment.AddSamples(seed: 5);
        var (volume, elsewhere) = (Directory.CreateDirectory(Path.Combine(deployment.ExtractRoot, "volume")).FullName, Directory.CreateTempSubdirectory("smi-elsewhere-").FullName);
        var original = Path.Combine(deployment.Sources, samples[0].RelativePath);
        Directory.CreateDirectory(Path.Combine(volume, "inner"));
        File.Copy(original, Path.Combine(volume, "inner", "a.dcm"));
        File.Copy(original, Path.Combine(elsewhere, "b.dcm"));
        Link("first", volume);
        Link("second", volume);
        Link("one.dcm", Path.Combine(volume, "inner", "a.dcm"));
        Link("within", Path.GetDirectoryName(original) ?? "");
        Link("circle", Path.Combine(deployment.Sources, "circle"));
        Link("elsewhere", elsewhere);
        File.CreateSymbolicLink(Path.Combine(volume, "inner", "back"), volume);

        var indexer = await RunAsync(deployment, deployment.Sources, volume);
        var again = await RunAsync(deployment, Path.Combine(deployment.Sources, "first"), volume);

        Assert.Equal((samples.Count + 2, 0), (indexer.Read, indexer.Removed));
        Assert.Equal(["circle", "elsewhere"], indexer.Elsewhere.Order(StringComparer.Ordinal));
        Assert.Equal(0, again.Removed);
        Directory.Delete(elsewhere, recursive: true);

        void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(deployment.Sources, name), target);
    }

    private static async Task ShellAsync(string command)
    {
        using var shell = System.Diagnostics.Process.Start("bash", ["-c", command]);
        await shell.WaitForExitAsync(Cancellation);
    }

    private static Indexer New(Deployment deployment, string folder, params string[] allowed) => new(deployment.Sources, folder, deployment.Settings.CohortExtractor.IndexFile, "*", allowed);

    private static async Task<Indexer> RunAsync(Deployment deployment, string folder, params string[] allowed)
    {
        var indexer = New(deployment, folder, allowed);
        await indexer.RunAsync(new Progress<int>(), Cancellation);
        return indexer;
    }
}
