using System.Text;
using Smi.Dicom;
using Smi.Samples;
using Smi.Tests.Crash;

namespace Smi.Tests.Traces;

/// <summary>The example workflow with a process per service, whose spans go to a collector.</summary>
public sealed class TracedWorkflowTests : IDisposable
{
    private static readonly string[] Verbs = ["cohort-extractor", "dicom-anonymiser", "is-identifiable", "cohort-packager"];
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("smi-traces-").FullName, "workflow");

    public void Dispose()
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Directory.Delete(Path.GetDirectoryName(_folder) ?? _folder, recursive: true);
    }

    [Fact]
    public async Task One_trace_follows_each_file_from_the_request_to_the_reports()
    {
        await using var collector = await TraceCollector.StartAsync();
        var sample = WorkflowSample.Write(_folder, seed: 5, atLeast: 1);
        var files = sample.Files.Take(3).ToList();
        await RunAsync(sample, files.ConvertAll(WorkflowSample.UidOf), collector.Address);

        var spans = collector.Spans;
        var request = Assert.Single(spans, span => span.Parent.Length == 0 && span.Name == "ExtractImages");
        var byId = spans.ToDictionary(span => span.Id);
        Assert.Equal(["ExtractImages", "process RequestQueue"], Line(byId, Assert.Single(spans, span => span.Name == "process RequestQueue")));
        Assert.Equal(["ExtractImages", "process RequestInfoQueue", "write reports"], Line(byId, Assert.Single(spans, span => span.Name == "write reports")));
        string[] toFile = ["ExtractImages", "process RequestQueue", "process ExtractFileAnonQueue"];
        foreach (var step in (string[])["read", "tags", "pixels", "reports", "write", "verify"])
        {
            var done = spans.Where(span => span.Name == step).ToList();
            Assert.All(done, span => Assert.Equal([.. toFile, step], Line(byId, span)));
            Assert.Equal(files.Count, done.Select(span => span.Parent).Distinct().Count());
        }

        var verified = spans.Where(span => span.Name == "process ExtractedFileVerifiedQueue").ToList();
        Assert.Equal(files.Count, verified.Count);
        Assert.All(verified, span => Assert.Equal([.. toFile, "process ExtractedFileToVerifyQueue", span.Name], Line(byId, span)));
        Assert.Equal(files.Count, spans.Count(span => span.Name == "process FileCollectionInfoQueue" && span.Parent == Assert.Single(spans, other => other.Name == "process RequestQueue").Id));
        Assert.All(spans.Where(span => span.Name.StartsWith("process ", StringComparison.Ordinal)), span => CheckMessage(span, request.Trace, byId));
        Assert.Equal(["CohortExtractor", "CohortPackager", "DicomAnonymiser", "ExtractImages", "IsIdentifiable"], spans.Select(span => span.Service).Distinct().Order(StringComparer.Ordinal));
        CheckNothingOfTheFiles(collector, sample);
    }

    /// <summary>In the trace of the request, settled, and linked with the batch it was finished in.</summary>
    private static void CheckMessage(CollectedSpan span, string trace, Dictionary<string, CollectedSpan> byId)
    {
        Assert.Equal(trace, span.Trace);
        Assert.Equal("acknowledged", span.Attributes["smi.settlement"]);
        Assert.True(Guid.TryParse(span.Attributes["messaging.message.id"], out _));
        var batch = byId[Assert.Single(span.Links)];
        Assert.Equal(span.Name.Replace("process", "finish", StringComparison.Ordinal), batch.Name);
        Assert.Contains(span.Id, batch.Links);
    }

    private static void CheckNothingOfTheFiles(TraceCollector collector, WorkflowSample sample)
    {
        var sent = string.Concat(collector.Requests.Select(Encoding.Latin1.GetString));
        DicomTag[] tags = [DicomTags.PatientId, DicomTags.PatientName, DicomTags.SopInstanceUid, DicomTags.StudyInstanceUid, DicomTags.SeriesInstanceUid, DicomTags.StudyDate];
        var values = sample.Files.SelectMany(file => tags.Select(tag => file.DataSet.GetString(tag))).OfType<string>().Where(value => value.Length > 5).Distinct().ToList();
        Assert.True(values.Count > tags.Length);
        Assert.All([.. values, ".dcm", sample.Folder], value => Assert.DoesNotContain(value, sent, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The names from the first span of the trace down to this one.</summary>
    private static IEnumerable<string> Line(Dictionary<string, CollectedSpan> byId, CollectedSpan span) =>
        span.Parent.Length == 0 ? [span.Name] : [.. Line(byId, byId[span.Parent]), span.Name];

    private static async Task RunAsync(WorkflowSample sample, IReadOnlyList<string> uids, string collector)
    {
        await File.WriteAllLinesAsync(sample.Csv, uids.Prepend("SOPInstanceUID"), TestContext.Current.CancellationToken);
        await ServeFromAsync(sample, collector);
        Assert.Equal(0, (await SmiProcess.RunIn(sample.Folder, "index", "fileSystemRoot")).ExitCode);
        var services = Verbs.Select(verb => new ServiceProcess(sample.SettingsFile, verb)).ToList();
        try
        {
            services.ForEach(service => service.EnsureRunning());
            Assert.Equal(0, (await SmiProcess.RunIn(sample.Folder, "extract-images", "-p", "p", "-c", sample.Csv, "-n")).ExitCode);
            var readme = Path.Combine(sample.ExtractRoot, "p", "extractions", "reports", "extractme", "README.md");
            Assert.True(await Patience.UntilAsync(() => File.Exists(readme), TimeSpan.FromMinutes(3)), services[1].Output);
            foreach (var service in services)
            {
                Assert.Equal(0, await service.TerminateAsync());
            }
        }
        finally
        {
            foreach (var service in services)
            {
                await service.DisposeAsync();
            }
        }
    }

    private static async Task ServeFromAsync(WorkflowSample sample, string collector)
    {
        var yaml = await File.ReadAllTextAsync(sample.SettingsFile, TestContext.Current.CancellationToken);
        yaml = yaml.Replace("  Endpoint: \"\"", $"  Endpoint: \"{collector}\"", StringComparison.Ordinal).Replace("  Enabled: true", "  Enabled: false", StringComparison.Ordinal);
        Assert.Contains(collector, yaml, StringComparison.Ordinal);
        await File.WriteAllTextAsync(sample.SettingsFile, yaml, TestContext.Current.CancellationToken);
    }
}
