using Microsoft.Extensions.Logging.Abstractions;
using Smi.Deid.Pseudonyms;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Samples;
using Smi.Verify;
using Smi.Workflow;
using Spectre.Console;

namespace Smi.Demo;

/// <summary>The whole workflow in a temporary folder, on the embedded broker: sample, index, extract, anonymise, verify, package.</summary>
internal sealed class DemoRun
{
    private const string Project = "project-001";

    private readonly WorkflowSample _sample;
    private readonly SmiSettings _settings;
    private readonly WorkflowRun _workflow;

    private DemoRun(WorkflowSample sample)
    {
        _sample = sample;
        _settings = SettingsLoader.Load(sample.SettingsFile);
        _workflow = new(sample, _settings, Project, TimeProvider.System);
    }

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
        Tell($"{await _workflow.IndexAsync(cancellation)} files");
    }

    private async Task ExtractAsync(CancellationToken cancellation)
    {
        await using var broker = await Brokers.OpenAsync(_settings, TimeProvider.System, NullLogger.Instance, cancellation);
        Say(3, "extract-images", "the UIDs of a CSV become messages");
        var (job, identifiers) = await _workflow.RequestAsync(broker, cancellation);
        Tell($"job {job}: {identifiers} identifiers");
        Say(4, "run", "cohort-extractor, dicom-anonymiser, is-identifiable and cohort-packager in this process");
        await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).StartAsync(progress =>
        {
            var bar = progress.AddTask("   files accounted for", maxValue: _sample.Files.Count);
            return _workflow.CompleteAsync(broker, job, count => bar.Value = count, cancellation);
        });
        Tell($"every file is accounted for; reports in {_workflow.Reports}");
    }

    private int Look(CancellationToken cancellation)
    {
        Say(5, "verify", "once more, with all that the originals tell");
        var leaks = LeakScan.Run(_workflow.Extraction, _sample.FileSystemRoot, cancellation);
        var files = Pairs();
        AnsiConsole.WriteLine();
        DemoTable.Print(files[0]);
        AnsiConsole.MarkupLine($"[bold]{files.Count} of {_sample.Files.Count} files de-identified.[/] Look at");
        var picture = Path.Combine(_sample.Folder, "before-after.png");
        if (BeforeAfter.TryWrite(files, picture))
        {
            Tell($"{picture}   before and after");
        }

        Tell($"{Path.Combine(_workflow.Reports, "summary.html")}   what a data manager reads");
        Tell($"{_workflow.Extraction}   what a researcher gets");
        return files.Count == _sample.Files.Count ? leaks : ExitCode.Refused;
    }

    /// <summary>De-identified copies are named by the pseudonyms of their UIDs.</summary>
    private List<DemoFile> Pairs()
    {
        var pseudonyms = new Pseudonymiser(MasterKey.Load(_settings.Deid.KeyFile ?? "").ForProject(Project));
        var outputs = Directory.EnumerateFiles(_workflow.Extraction, "*-an.dcm", SearchOption.AllDirectories).ToDictionary(path => Path.GetFileName(path), StringComparer.Ordinal);
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
