using System.Diagnostics;
using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Logging.Abstractions;
using Smi.Extraction.Doctor;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Samples;
using Smi.Workflow;

namespace Smi.Doctor;

/// <summary>
/// Invented patients through all services with the policy, key, rules and tools of the settings, in a folder of its own below ExtractRoot and
/// over an embedded broker of its own, so that no real queue, job or index sees any of it. The folder is removed afterwards.
/// </summary>
internal sealed class SyntheticExtraction
{
    private const string Topic = "synthetic extraction";
    private const string Project = "smi-doctor";

    private readonly WorkflowSample _sample;
    private readonly WorkflowRun _workflow;
    private readonly SmiSettings _settings;
    private readonly TimeProvider _clock;

    private SyntheticExtraction(WorkflowSample sample, SmiSettings? settings, TimeProvider clock)
    {
        var own = SettingsLoader.Load(sample.SettingsFile);
        _sample = sample;
        _settings = settings is null ? own : Confined(settings, own);
        _workflow = new(sample, _settings, Project, clock);
        _clock = clock;
    }

    public static async Task<IReadOnlyList<Check>> RunAsync(SmiSettings? settings, TimeProvider clock, CancellationToken cancellation)
    {
        var above = settings is { FileSystem.ExtractRoot: { Length: > 0 } root } && Directory.Exists(root) ? root : Path.GetTempPath();
        var folder = Path.Combine(above, $".smi-doctor-{Environment.ProcessId}");
        try
        {
            return await new SyntheticExtraction(WorkflowSample.Write(folder, seed: 1, atLeast: 1), settings, clock).RunAsync(cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or BrokerException or TimeoutException or SettingsException or InvalidDataException)
        {
            return [Check.NoGo(Topic, "ran to its end", $"{fault.GetType().Name}: {fault.Message}")];
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>The given settings with everything that would touch real data, jobs or ports taken from the sample's.</summary>
    private static SmiSettings Confined(SmiSettings given, SmiSettings own) => given with
    {
        Broker = own.Broker,
        Logging = own.Logging,
        FileSystem = own.FileSystem,
        ExtractImages = own.ExtractImages,
        Health = given.Health with { Enabled = false },
        // The invented patients are in no table of the site.
        Deid = given.Deid with { KeyFile = given.Deid.KeyFile ?? own.Deid.KeyFile, PatientIds = null },
        DicomAnonymiser = given.DicomAnonymiser with
        {
            Queue = own.DicomAnonymiser.Queue,
            Statuses = own.DicomAnonymiser.Statuses,
            RoutingKeySuccess = own.DicomAnonymiser.RoutingKeySuccess,
            RoutingKeyFailure = own.DicomAnonymiser.RoutingKeyFailure,
            StateFolder = own.DicomAnonymiser.StateFolder,
        },
        CohortExtractor = own.CohortExtractor with { PathResolverType = given.CohortExtractor.PathResolverType },
        FileCopier = own.FileCopier,
        IsIdentifiable = given.IsIdentifiable with { Queue = own.IsIdentifiable.Queue, Verifications = own.IsIdentifiable.Verifications },
        CohortPackager = own.CohortPackager,
    };

    private async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellation)
    {
        await _workflow.IndexAsync(cancellation);
        await using var broker = await Brokers.OpenAsync(_settings, _clock, NullLogger.Instance, cancellation);
        var started = Stopwatch.GetTimestamp();
        var (job, _) = await _workflow.RequestAsync(broker, cancellation);
        await _workflow.CompleteAsync(broker, job, _ => { }, cancellation);
        return Judge(Stopwatch.GetElapsedTime(started));
    }

    private List<Check> Judge(TimeSpan elapsed)
    {
        var (asked, written) = (_sample.Files.Count, Directory.EnumerateFiles(_workflow.Extraction, "*.dcm", SearchOption.AllDirectories).Count());
        var reasons = Column("processing_errors.csv", "Reason").CountBy(reason => reason).Select(reason => $"{reason.Value} × {reason.Key}").ToList();
        var findings = Column("verification_failures.csv", "ProblemField").Count;
        return
        [
            Check.Good(Topic, "every file is accounted for", string.Create(CultureInfo.InvariantCulture, $"{asked} files in {elapsed.TotalSeconds:F1} s, the reports written")),
            written == asked
                ? Check.Good(Topic, "every file was de-identified", $"{written} of {asked}")
                : Check.NoGo(Topic, "every file was de-identified", $"{written} of {asked}; {string.Join("; ", reasons)}"),
            findings == 0
                ? Check.Good(Topic, "verification", "found nothing in what was written")
                : Check.Warning(Topic, "verification", $"{findings} findings of the rules of is-identifiable in synthetic files: researchers would wait for someone to look at such files"),
        ];
    }

    private List<string> Column(string report, string name)
    {
        using var csv = CsvReader.FromText(File.ReadAllText(Path.Combine(_workflow.Reports, report)), new CsvReaderOptions());
        csv.ReadHeader();
        var column = csv.Headers.ToList().IndexOf(name);
        var values = new List<string>();
        while (csv.Read())
        {
            values.Add(csv.GetString(column));
        }

        return values;
    }
}
