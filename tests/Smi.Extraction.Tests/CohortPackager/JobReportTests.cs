using Smi.Extraction.CohortPackager;
using Smi.Extraction.Tests.Workflow;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Extraction.Tests.CohortPackager;

/// <summary>The reports in the original's form: columns, order, quoting, line ends.</summary>
public sealed class JobReportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\\n", "\n")]
    [InlineData("\\r\\n", "\r\n")]
    public async Task Tables_and_readme_are_as_the_original_writes_them(string setting, string newLine)
    {
        await using var deployment = new Deployment(packager: $"CohortPackagerOptions: {{ ReportNewLine: '{setting}' }}");
        await using var store = await JobStore.OpenAsync(deployment.Settings.CohortPackager.JobStore.Database, TimeProvider.System, Cancellation);
        var job = deployment.Job();
        await FillAsync(store, job);
        var record = await store.FindJobAsync(job.JobIdentifier, Cancellation);
        Assert.NotNull(record);

        var folder = await new JobReporter(store, deployment.Settings).WriteAsync(
            record, await store.CountAsync(job.JobIdentifier, Cancellation), "2025-01-01T01:02:03Z", Cancellation);

        await CheckAsync(folder, "rejected_files.csv", newLine, ["ExtractionKey,Count,Reason", "1.3,5,\"b, too\"", "1.3,1,a", "1.2,2,\" blank \""]);
        await CheckAsync(folder, "processing_errors.csv", newLine, ["DicomFilePath,Reason", "z.dcm,Missing", "a.dcm,\"said \"\"no\"\"\""]);
        await CheckAsync(
            folder, "verification_failures.csv", newLine,
            [
                "Resource,ResourcePrimaryKey,ProblemField,ProblemValue,PartWords,PartClassifications,PartOffsets",
                "out.dcm,1.2.3,StudyDescription,Ann of Leeds,Ann###Leeds,Person###Location,0###7",
            ]);
        var readme = await File.ReadAllTextAsync(Path.Combine(folder, "README.md"), Cancellation);
        Assert.StartsWith(string.Join(newLine, Readme(job)), readme, StringComparison.Ordinal);
    }

    private static string[] Readme(Messaging.Messages.Extraction job) =>
    [
        "# SMI extraction validation report for project-001 extractme",
        "",
        "Job info:",
        "-   Job submitted at:             2025-01-01T00:00:00",
        "-   Job completed at:             2025-01-01T01:02:03",
        "-   Job duration:                 01:02:03",
        $"-   Job extraction id:            {job.JobIdentifier}",
        "-   Extraction tag:               SeriesInstanceUID",
        "-   Extraction modality:          CT",
        "-   Requested identifier count:   2",
        "-   User name:                    alice",
        "-   Identifiable extraction:      No",
        "-   Filtered extraction:          Yes",
    ];

    private static async Task FillAsync(JobStore store, Messaging.Messages.Extraction job)
    {
        var report = """[{"Parts":[{"Word":"Ann","Classification":3,"Offset":0},{"Word":"Leeds","Classification":2,"Offset":7}],"Resource":"out.dcm","ResourcePrimaryKey":"1.2.3","ProblemField":"StudyDescription","ProblemValue":"Ann of Leeds"}]""";
        ExtractionMessage[] messages =
        [
            new ExtractionRequestInfoMessage { Extraction = job, KeyTag = "SeriesInstanceUID", KeyValueCount = 2, UserName = "alice" },
            new ExtractFileCollectionInfoMessage { Extraction = job, KeyValue = "1.2", Dispatched = [], RejectionReasons = new Dictionary<string, int> { [" blank "] = 2 } },
            new ExtractFileCollectionInfoMessage { Extraction = job, KeyValue = "1.3", Dispatched = [], RejectionReasons = new Dictionary<string, int> { ["a"] = 1, ["b, too"] = 5 } },
            new ExtractedFileStatusMessage { Extraction = job, DicomFilePath = "a.dcm", Status = ExtractedFileStatus.ErrorWontRetry, OutputFilePath = null, StatusMessage = "said \"no\"" },
            new ExtractedFileStatusMessage { Extraction = job, DicomFilePath = "z.dcm", Status = ExtractedFileStatus.FileMissing, OutputFilePath = null, StatusMessage = "the source file does not exist" },
            new ExtractedFileVerificationMessage { Extraction = job, DicomFilePath = "o.dcm", OutputFilePath = "out.dcm", Status = VerifiedFileStatus.IsIdentifiable, Report = report },
        ];
        await store.PutAsync([.. messages.Select(message => (MessageHeader.Root("Test", TimeProvider.System), message))], Cancellation);
    }

    private static async Task CheckAsync(string folder, string name, string newLine, string[] lines) =>
        Assert.Equal(string.Concat(lines.Select(line => line + newLine)), await File.ReadAllTextAsync(Path.Combine(folder, name), Cancellation));
}
