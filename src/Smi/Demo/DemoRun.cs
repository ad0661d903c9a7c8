using Microsoft.Extensions.Logging.Abstractions;
using Smi.Deid.Pseudonyms;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.CohortPackager;
using Smi.Extraction.ExtractImages;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Samples;
using Smi.Services;
using Smi.Verify;
using Spectre.Console;

namespace Smi.Demo;

/// <summary>The whole workflow in a temporary folder, on the embedded broker: sample, index, extract, anonymise, verify, package.</summary>
internal sealed class DemoRun
{
    private const string Project = "project-001";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly WorkflowSample _sample;
    private readonly SmiSettings _settings;

    private DemoRun(WorkflowSample sample)
    {
        _sample = sample;
        _settings = SettingsLoader.Load(sample.SettingsFile);
    }

    private string Extraction => Path.Combine(_sample.ExtractRoot, Project, "extractions", "extractme");

    private string Reports => Path.Combine(_sample.ExtractRoot, Project, "extractions", "reports", "extractme");

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        Say(1, "sample", "a synthetic hospital, and an extraction to make of it");
        var run = new DemoRun(WorkflowSample.Write(Directory.CreateTempSubdirectory("smi-demo-").FullName, seed: 1, atLeast: 1));
        Tell($"{run._sample.Files.Count} files of invented patients in {run._sample.FileSystemRoot}");
        await run.IndexAsync(cancellation);
        await run.ExtractAsync(cancellation);
        return run.Look(cancellation);
    }

    private async Task IndexAsync(CancellationToken cancellation)
    {
        Say(2, "index", "their headers, so that no metadata server is needed");
        var indexer = new Indexer(_sample.FileSystemRoot, _sample.FileSystemRoot, _settings.CohortExtractor.IndexFile, _settings.FileSystem.DicomSearchPattern);
        await indexer.RunAsync(new Progress<int>(), cancellation);
        Tell($"{indexer.Read} files");
    }

    private async Task ExtractAsync(CancellationToken cancellation)
    {
        await using var broker = await Brokers.OpenAsync(_settings, TimeProvider.System, NullLogger.Instance, cancellation);
        Say(3, "extract-images", "the UIDs of a CSV become messages");
        var request = new ExtractImagesRun(_settings, new() { ProjectId = Project, CsvFile = _sample.Csv }, TimeProvider.System);
        var job = await request.SendAsync(broker, cancellation);
        Tell($"job {job}: {request.Count} identifiers");
        Say(4, "run", "cohort-extractor, dicom-anonymiser, is-identifiable and cohort-packager in this process");
        await RunServicesAsync(broker, job, cancellation);
    }

    private async Task RunServicesAsync(IMessageBroker broker, Guid job, CancellationToken cancellation)
    {
        var context = new ServiceContext { Settings = _settings, Broker = broker, Clock = TimeProvider.System, Logs = NullLoggerFactory.Instance };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var services = new ServiceHost(context).RunAsync(ServiceFactory.All(context), stop.Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(progress => FollowAsync(job, services, progress.AddTask("   files accounted for", maxValue: _sample.Files.Count), patience.Token));
        Tell($"every file is accounted for; reports in {Reports}");
        await stop.CancelAsync();
        await services;
    }

    private async Task FollowAsync(Guid job, Task services, ProgressTask bar, CancellationToken cancellation)
    {
        while (!services.IsCompleted)
        {
            var (record, progress) = (await CohortPackagerService.ListAsync(_settings, TimeProvider.System, cancellation)).FirstOrDefault(pair => pair.Job.Identifier == job);
            bar.Value = progress is null ? 0 : progress.Files - progress.Unanswered;
            if (record?.CompletedAt is not null)
            {
                return;
            }

            await Task.Delay(Interval, cancellation);
        }
    }

    private int Look(CancellationToken cancellation)
    {
        Say(5, "verify", "once more, with all that the originals tell");
        var leaks = LeakScan.Run(Extraction, _sample.FileSystemRoot, cancellation);
        var files = Pairs();
        AnsiConsole.WriteLine();
        DemoTable.Print(files[0]);
        AnsiConsole.MarkupLine($"[bold]{files.Count} of {_sample.Files.Count} files de-identified.[/] Look at");
        var picture = Path.Combine(_sample.Folder, "before-after.png");
        if (BeforeAfter.TryWrite(files, picture))
        {
            Tell($"{picture}   before and after");
        }

        Tell($"{Path.Combine(Reports, "summary.html")}   what a data manager reads");
        Tell($"{Extraction}   what a researcher gets");
        return files.Count == _sample.Files.Count ? leaks : ExitCode.Refused;
    }

    /// <summary>De-identified copies are named by the pseudonyms of their UIDs.</summary>
    private List<DemoFile> Pairs()
    {
        var pseudonyms = new Pseudonymiser(MasterKey.Load(_settings.Deid.KeyFile ?? "").ForProject(Project));
        var outputs = Directory.EnumerateFiles(Extraction, "*-an.dcm", SearchOption.AllDirectories).ToDictionary(path => Path.GetFileName(path), StringComparer.Ordinal);
        return
        [
            .. _sample.Files.Select(file => (File: file, Output: outputs.GetValueOrDefault($"{pseudonyms.Uid(WorkflowSample.UidOf(file))}-an.dcm")))
                .Where(pair => pair.Output is not null)
                .Select(pair => new DemoFile(pair.File, Path.Combine(_sample.FileSystemRoot, WorkflowSample.NameOf(pair.File)), pair.Output ?? "")),
        ];
    }

    private static void Say(int number, string verb, string what) => AnsiConsole.MarkupLine($"[bold]{number}. {Markup.Escape(verb)}[/]  {Markup.Escape(what)}");

    private static void Tell(string what) => Console.WriteLine($"   {what}");
}
