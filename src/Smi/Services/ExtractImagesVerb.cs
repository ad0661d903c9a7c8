using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Smi.Extraction.ExtractImages;
using Smi.Extraction.Hosting;
using Smi.Messaging.Brokers;
using Smi.Verbs;

namespace Smi.Services;

internal static class ExtractImagesVerb
{
    private static readonly Option<string> Yaml = SettingsOption.Create();
    private static readonly Option<string> Project = new("--project-id", "-p") { HelpName = "PROJECT", Description = "The project, a folder below ExtractRoot.", Required = true };
    private static readonly Option<string> Csv = new("--cohort-csv-file", "-c") { HelpName = "CSV", Description = "One column of UIDs; its header says of which kind.", Required = true };
    private static readonly Option<string> Modality = new("--modality", "--modalities", "-m") { HelpName = "MODALITY", Description = "Only this modality; needed for the v6 shape." };
    private static readonly Option<bool> Identifiable = new("--identifiable-extraction", "-i") { Description = "Copy the files unchanged." };
    private static readonly Option<bool> NoFilters = new("--no-filters", "-f") { Description = "Ask no rejectors." };
    private static readonly Option<bool> NonInteractive = new("--non-interactive", "-n") { Description = "Do not ask before sending." };
    private static readonly Option<bool> Pooled = new("--pooled-extraction", "-u") { Description = "Say that it is a pooled extraction; needs ExtractionPoolRoot." };
    private static readonly Option<bool> Strict = new("--strict-uids") { Description = "Duplicates and identifiers that are no UIDs are errors." };

    public static Command Create() => Verb.Create(
        "extract-images", "Asks for the files of the UIDs in a CSV.", "smi extract-images -y default.yaml -p project-001 -c extractme.csv -m CT",
        [Yaml, Project, Csv, Modality, Identifiable, NoFilters, NonInteractive, Pooled, Strict], RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        try
        {
            var settings = SettingsOption.Load(arguments, Yaml);
            var run = new ExtractImagesRun(settings, Request(arguments), TimeProvider.System);
            Describe(run);
            if (!arguments.GetValue(NonInteractive) && !Confirm())
            {
                Console.WriteLine("Nothing was sent.");
                return ExitCode.Done;
            }

            using var traces = TraceExport.Start(settings.Tracing, "ExtractImages", NullLogger.Instance);
            await using var broker = await Brokers.OpenAsync(settings, TimeProvider.System, NullLogger.Instance, cancellation);
            Console.WriteLine($"Job {await run.SendAsync(broker, cancellation)}: {run.Count} identifiers sent");
            return ExitCode.Done;
        }
        catch (ExtractImagesException fault)
        {
            throw new UsageException(fault.Message);
        }
        catch (BrokerException fault)
        {
            await Console.Error.WriteLineAsync($"smi: {fault.Message}");
            return ExitCode.Fault;
        }
    }

    private static ExtractImagesRequest Request(ParseResult arguments) => new()
    {
        ProjectId = arguments.GetRequiredValue(Project),
        CsvFile = arguments.GetRequiredValue(Csv),
        Modality = arguments.GetValue(Modality),
        IsIdentifiable = arguments.GetValue(Identifiable),
        IsNoFilter = arguments.GetValue(NoFilters),
        IsPooled = arguments.GetValue(Pooled),
        StrictUids = arguments.GetValue(Strict),
    };

    private static void Describe(ExtractImagesRun run)
    {
        foreach (var warning in run.Warnings)
        {
            Console.Error.WriteLine($"warning: {warning}");
        }

        Console.WriteLine($"{run.Count} of {run.KeyTag} into {run.FullPath}");
    }

    private static bool Confirm()
    {
        while (true)
        {
            Console.Write("Send it? [y/n] ");
            switch (Console.ReadLine()?.Trim().ToUpperInvariant())
            {
                case "Y" or "YES":
                    return true;
                case "N" or "NO" or null:
                    return false;
                default:
                    break;
            }
        }
    }
}
