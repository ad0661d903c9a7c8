using Microsoft.Extensions.Logging.Abstractions;
using Smi.Deid.Files;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Samples;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Tests.Crash;

/// <summary>
/// Folders, settings and messages of a crash run. Whatever the services write is in one folder, which is the disk
/// that may run full.
/// </summary>
internal sealed class CrashDeployment : IAsyncDisposable
{
    public const int Originals = 12;
    private const string Job = "crash/extractions/job";

    private readonly string _folder = Directory.CreateTempSubdirectory("smi-crash-").FullName;

    private CrashDeployment(string broker, DiskFault fault)
    {
        Directory.CreateDirectory(Volume);
        Disk = fault switch
        {
            DiskFault.Mounted => MountedDisk.Mount(Volume),
            DiskFault.Refusing => new RefusingDisk(),
            _ => null,
        };
        Directory.CreateDirectory(Sources);
        Directory.CreateDirectory(Outputs);
        MasterKey.Create(Path.Combine(_folder, "smi.key"));
        WriteOriginals();
        File.WriteAllText(Yaml, $$"""
            {{broker}}
            EmbeddedBroker: { Path: "{{Path.Combine(Volume, "smi-broker.db")}}" }
            FileSystemOptions: { FileSystemRoot: "{{Sources}}", ExtractRoot: "{{ExtractRoot}}" }
            DicomAnonymiserOptions: { AnonymiserType: BuiltIn, BatchSize: 20, BatchTimeout: 0.05, StateFolder: "{{Path.Combine(Volume, "state")}}", AnonFileConsumerOptions: { QueueName: ExtractFileAnonQueue, QoSPrefetchCount: 60 } }
            DeidOptions: { KeyFile: smi.key, Clean: [none] }
            HealthOptions: { Enabled: false }
            """);
        Settings = SettingsLoader.Load(Yaml);
    }

    /// <summary>Null when none is to run full, or none can.</summary>
    public ICrashDisk? Disk { get; }

    public string Yaml => Path.Combine(_folder, "crash.yaml");

    public SmiSettings Settings { get; }

    public string Outputs => Path.Combine(ExtractRoot, Job);

    private string Sources => Path.Combine(_folder, "originals");

    private string Volume => Path.Combine(_folder, "written");

    private string ExtractRoot => Path.Combine(Volume, "extracts");

    public static async Task<CrashDeployment> CreateAsync(string broker, DiskFault fault)
    {
        var deployment = new CrashDeployment(broker, fault);
        await using var opened = deployment.Settings.Broker.Type == BrokerType.RabbitMQ
            ? Messaging.RabbitMq.RabbitBroker.ForAdministration(deployment.Settings.Broker.Rabbit, TimeProvider.System, NullLogger.Instance)
            : await deployment.OpenAsync();
        await ((IBrokerAdministration)opened).CreateAsync(TopologyOf.Of(deployment.Settings), TestContext.Current.CancellationToken);
        return deployment;
    }

    public Task<IMessageBroker> OpenAsync() => Brokers.OpenAsync(Settings, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);

    /// <summary>Every fiftieth names a file that is not there, the next one no DICOM file, the next one a place outside.</summary>
    public CrashMessage Message(int number, string folder = "out")
    {
        var (kind, original) = (number % 50, number % Originals);
        var output = $"{folder}/study{number / 200}/series{number / 50}/{number}-an.dcm";
        return (kind, folder) switch
        {
            (47, "out") => Ask("nowhere.dcm", output, ExtractedFileStatus.FileMissing, original),
            (48, "out") => Ask("text.txt", output, ExtractedFileStatus.ErrorWontRetry, original),
            (49, "out") => Ask($"{original}.dcm", "../" + output, ExtractedFileStatus.ErrorWontRetry, original),
            _ => Ask($"{original}.dcm", output, ExtractedFileStatus.Anonymised, original),
        };
    }

    /// <summary>All files below the folder of the job.</summary>
    public IEnumerable<string> Written() =>
        Directory.EnumerateFiles(Outputs, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });

    /// <summary>Those of them that a service has not finished.</summary>
    public IEnumerable<string> Unfinished() => Written().Where(file => PartFile.OwnerOf(file) is not null);

    public ValueTask DisposeAsync()
    {
        Disk?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static CrashMessage Ask(string source, string output, ExtractedFileStatus expected, int original)
    {
        var message = new ExtractFileMessage { Extraction = Extraction, DicomFilePath = source, OutputPath = output };
        return new(OutgoingMessage.Root(message, "Crash", TimeProvider.System, "anon"), expected, output, original);
    }

    private static Messaging.Messages.Extraction Extraction { get; } = new()
    {
        JobIdentifier = Guid.NewGuid(),
        ProjectNumber = "crash",
        Directory = Job,
        Modality = "CT",
        JobSubmittedAt = DateTimeOffset.UnixEpoch.AddYears(55),
        Shape = MessageShape.V6,
    };

    private void WriteOriginals()
    {
        var samples = SampleHospital.Make(seed: 5);
        for (var number = 0; number < Originals; number++)
        {
            using var target = new FileStream(Path.Combine(Sources, $"{number}.dcm"), FileMode.CreateNew);
            samples[number].Write(target);
        }

        File.WriteAllText(Path.Combine(Sources, "text.txt"), "no DICOM");
        foreach (var file in Directory.EnumerateFiles(Sources))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        }
    }
}
