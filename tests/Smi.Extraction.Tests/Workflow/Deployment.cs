using Microsoft.Extensions.Logging.Abstractions;
using Smi.Deid;
using Smi.Deid.Pixels;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Samples;
using Smi.Deid.Tags.Profile;
using Smi.Deid.Verification;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.CohortPackager;
using Smi.Extraction.DicomAnonymiser;
using Smi.Extraction.ExtractImages;
using Smi.Extraction.FileCopier;
using Smi.Extraction.Hosting;
using Smi.Extraction.IsIdentifiable;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Extraction.Tests.Workflow;

/// <summary>A small deployment in a temporary folder, on the embedded broker unless a test names another.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smi-workflow-").FullName;

    public Deployment(
        string moreYaml = "", string broker = "MessageBrokerType: Embedded", string packager = "CohortPackagerOptions: { JobWatcherTimeoutInSeconds: 0.2 }")
    {
        Directory.CreateDirectory(Sources);
        Directory.CreateDirectory(Path.Combine(ExtractRoot, "project-001", "extractions", "extractme"));
        MasterKey.Create(Path.Combine(_folder, "smi.key"));
        Settings = SettingsLoader.Read(
            new StringReader($$"""
                {{broker}}
                FileSystemOptions: { FileSystemRoot: "{{Sources}}", ExtractRoot: "{{ExtractRoot}}" }
                {{packager}}
                HealthOptions: { Enabled: false }
                DeidOptions: { KeyFile: smi.key }
                {{moreYaml}}
                """),
            Path.Combine(_folder, "test.yaml"));
    }

    public SmiSettings Settings { get; }

    public string Sources => Path.Combine(_folder, "sources");

    public string ExtractRoot => Path.Combine(_folder, "extracts");

    public string Outputs => Path.Combine(ExtractRoot, "project-001", "extractions", "extractme");

    /// <summary>Synthetic originals that nobody may write to.</summary>
    public IReadOnlyList<SampleFile> AddSamples(int seed)
    {
        var samples = SampleHospital.Write(Sources, seed);
        foreach (var file in Directory.EnumerateFiles(Sources, "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        }

        return samples;
    }

    public async Task<ServiceContext> OpenAsync(TimeProvider? clock = null) => new()
    {
        Settings = Settings,
        Broker = await Brokers.OpenAsync(Settings, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken),
        Clock = clock ?? TimeProvider.System,
        Logs = NullLoggerFactory.Instance,
    };

    public DicomAnonymiserService Anonymiser(ServiceContext context, params IDeidStage[] before)
    {
        var policy = new DeidPolicy();
        var key = MasterKey.Load(Settings.Deid.KeyFile ?? "");
        var deidentifier = new Deidentifier(policy, key, [.. before, new ProfileTagStage(policy, clean: null), new PixelDataExtentStage()], new LeakVerifier());
        return new(context, deidentifier, new("test", policy.Fingerprint, key.Fingerprint));
    }

    public IReadOnlyList<IExtractionService> AllServices(ServiceContext context) =>
    [
        new CohortExtractorService(context), Anonymiser(context), new FileCopierService(context), new IsIdentifiableService(context),
        new CohortPackagerService(context),
    ];

    public Messaging.Messages.Extraction Job(bool identifiable = false) => new()
    {
        JobIdentifier = Guid.NewGuid(),
        ProjectNumber = "project-001",
        Directory = "project-001/extractions/extractme",
        Modality = "CT",
        JobSubmittedAt = DateTimeOffset.UnixEpoch.AddYears(55),
        IsIdentifiable = identifiable,
        Shape = MessageShape.V6,
    };

    public async Task<Guid> RequestAsync(IMessageBroker broker, string csv, ExtractImagesRequest? like = null)
    {
        var path = Path.Combine(_folder, "cohort.csv");
        await File.WriteAllTextAsync(path, csv, TestContext.Current.CancellationToken);
        var request = (like ?? new ExtractImagesRequest { ProjectId = "project-001", CsvFile = path }) with { CsvFile = path };
        return await new ExtractImagesRun(Settings, request, TimeProvider.System).SendAsync(broker, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
