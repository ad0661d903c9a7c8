using Smi.Dicom;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.CohortPackager;
using Smi.Extraction.ExtractImages;
using Smi.Extraction.Hosting;

namespace Smi.Extraction.Tests.Workflow;

public sealed class WorkflowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_a_CSV_to_verified_files_and_reports_with_every_file_accounted_for()
    {
        await using var deployment = new Deployment();
        var samples = deployment.AddSamples(seed: 1);
        await IndexAsync(deployment);
        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;
        var studies = samples.Select(sample => sample.DataSet.GetString(DicomTags.StudyInstanceUid)).Distinct();

        await deployment.RequestAsync(broker, "StudyInstanceUID\n" + string.Join('\n', studies) + "\n1.2.3.404\n");
        var reports = Path.Combine(deployment.ExtractRoot, "project-001", "extractions", "reports", "cohort");
        await RunUntilAsync(context, deployment.AllServices(context), () => File.Exists(Path.Combine(reports, "README.md")));

        var outputs = Directory.GetFiles(Path.Combine(deployment.ExtractRoot, "project-001", "extractions", "cohort"), "*-an.dcm", SearchOption.AllDirectories);
        var (job, progress) = Assert.Single(await CohortPackagerService.ListAsync(deployment.Settings, TimeProvider.System, Cancellation));
        var errors = (await File.ReadAllLinesAsync(Path.Combine(reports, "processing_errors.csv"), Cancellation)).Length - 1;
        Assert.NotNull(job.CompletedAt);
        Assert.Equal(samples.Count, progress.Files);
        Assert.Equal(0, progress.Unanswered);
        Assert.Equal(samples.Count, outputs.Length + errors);
        Assert.NotEmpty(outputs);
        Assert.Empty(Directory.GetFiles(deployment.ExtractRoot, "*.part", SearchOption.AllDirectories));
        Assert.Equal(
            ["README.md", "processing_errors.csv", "rejected_files.csv", "summary.html", "verification_failures.csv"],
            Directory.GetFiles(reports).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_identifiable_extraction_copies_the_bytes_and_needs_no_verification()
    {
        await using var deployment = new Deployment("CohortExtractorOptions: { RequestFulfillerType: FakeFulfiller }");
        await File.WriteAllBytesAsync(Path.Combine(deployment.Sources, "a b.dcm"), [1, 2, 3], Cancellation);
        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;

        await deployment.RequestAsync(
            broker, "SOPInstanceUID\na b.dcm\nmissing.dcm\n",
            new ExtractImagesRequest { ProjectId = "project-001", CsvFile = "", IsIdentifiable = true, Modality = "CT" });
        var reports = Path.Combine(deployment.ExtractRoot, "project-001", "extractions", "reports", "cohort");
        await RunUntilAsync(context, deployment.AllServices(context), () => File.Exists(Path.Combine(reports, "README.md")));

        var copy = Path.Combine(deployment.ExtractRoot, "project-001", "extractions", "cohort", "2", "3", "a b.dcm");
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(copy, Cancellation));
        Assert.Contains("missing.dcm", await File.ReadAllTextAsync(Path.Combine(reports, "processing_errors.csv"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complete_job_can_have_its_reports_written_again()
    {
        await using var deployment = new Deployment("CohortExtractorOptions: { RequestFulfillerType: FakeFulfiller }");
        await File.WriteAllTextAsync(Path.Combine(deployment.Sources, "x"), "", Cancellation);
        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;
        var job = await deployment.RequestAsync(broker, "SOPInstanceUID\nmissing.dcm\n");
        var readme = Path.Combine(deployment.ExtractRoot, "project-001", "extractions", "reports", "cohort", "README.md");
        await RunUntilAsync(context, deployment.AllServices(context), () => File.Exists(readme));
        var first = await File.ReadAllTextAsync(readme, Cancellation);
        File.Delete(readme);

        await CohortPackagerService.RecreateAsync(deployment.Settings, job, TimeProvider.System, Cancellation);

        Assert.Equal(first, await File.ReadAllTextAsync(readme, Cancellation));
    }

    [Theory]
    [InlineData("SOPInstance\n1.2\n", false, "line 1")]
    [InlineData("SOPInstanceUID\n", false, "no identifiers")]
    [InlineData("SOPInstanceUID\n1.2,x\n", false, "line 2")]
    [InlineData("SOPInstanceUID\n1.2\n1.2\n", true, "line 3")]
    [InlineData("SOPInstanceUID\nfile.dcm\n", true, "line 2")]
    public async Task A_CSV_that_cannot_be_used_is_named_with_its_line(string csv, bool strict, string what)
    {
        await using var deployment = new Deployment();
        var path = Path.Combine(deployment.Sources, "c.csv");
        await File.WriteAllTextAsync(path, csv, Cancellation);

        var fault = Assert.Throws<ExtractImagesException>(() => new ExtractImagesRun(
            deployment.Settings, new() { ProjectId = "project-001", CsvFile = path, StrictUids = strict }, TimeProvider.System));

        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("file.dcm", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task A_project_that_would_leave_the_extract_root_is_refused(string project)
    {
        await using var deployment = new Deployment();
        var path = Path.Combine(deployment.Sources, "c.csv");
        await File.WriteAllTextAsync(path, "SOPInstanceUID\n1.2\n", Cancellation);

        Assert.Throws<ExtractImagesException>(() => new ExtractImagesRun(deployment.Settings, new() { ProjectId = project, CsvFile = path }, TimeProvider.System));
    }

    internal static async Task RunUntilAsync(ServiceContext context, IReadOnlyList<IExtractionService> services, Func<bool> condition)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = new ServiceHost(context).RunAsync(services, stop.Token);
        await Watching.UntilAsync(() => condition() || running.IsFaulted);
        await stop.CancelAsync();
        await running;
    }

    internal static Task IndexAsync(Deployment deployment) =>
        new Indexer(deployment.Sources, deployment.Sources, deployment.Settings.CohortExtractor.IndexFile, "*").RunAsync(new Progress<int>(), Cancellation);
}
