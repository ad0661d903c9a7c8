using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Samples;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Tests.Crash;

/// <summary>
/// Folders, settings and messages of a crash run. Whatever the services write is in one folder, which is a small file system of its own when
/// the disk is to run full.
/// </summary>
internal sealed class CrashDeployment : IAsyncDisposable
{
    public const int Originals = 12;
    private const string Job = "crash/extractions/job";

    private readonly string _folder = Directory.CreateTempSubdirectory("smi-crash-").FullName;
    private readonly bool _isMounted;

    private CrashDeployment(string broker, bool diskFull)
    {
        Directory.CreateDirectory(Written);
        _isMounted = diskFull && Mount();
        Directory.CreateDirectory(Sources);
        Directory.CreateDirectory(Outputs);
        MasterKey.Create(Path.Combine(_folder, "smi.key"));
        WriteOriginals();
        File.WriteAllText(Yaml, $$"""
            {{broker}}
            EmbeddedBroker: { Path: "{{Path.Combine(Written, "smi-broker.db")}}" }
            FileSystemOptions: { FileSystemRoot: "{{Sources}}", ExtractRoot: "{{ExtractRoot}}" }
            DicomAnonymiserOptions: { AnonymiserType: BuiltIn, BatchSize: 20, BatchTimeout: 0.05, StateFolder: "{{Path.Combine(Written, "state")}}", AnonFileConsumerOptions: { QueueName: ExtractFileAnonQueue, QoSPrefetchCount: 60 } }
            DeidOptions: { KeyFile: smi.key, Clean: [none] }
            HealthOptions: { Enabled: false }
            """);
        Settings = SettingsLoader.Load(Yaml);
    }

    /// <summary>False where nobody may mount a small file system.</summary>
    public bool CanFillDisk => _isMounted;

    public string Yaml => Path.Combine(_folder, "crash.yaml");

    public SmiSettings Settings { get; }

    public string Outputs => Path.Combine(ExtractRoot, Job);

    private string Sources => Path.Combine(_folder, "originals");

    private string Written => Path.Combine(_folder, "written");

    private string ExtractRoot => Path.Combine(Written, "extracts");

    private string Filler => Path.Combine(Written, "filler");

    public static async Task<CrashDeployment> CreateAsync(string broker, bool diskFull)
    {
        var deployment = new CrashDeployment(broker, diskFull);
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

    /// <summary>Takes all space there is; gives it back when the answer is disposed.</summary>
    public IDisposable FillDisk()
    {
        using var filler = File.OpenHandle(Filler, FileMode.Create, FileAccess.Write);
        var block = new byte[1 << 20];
        var length = 0L;
        for (var size = block.Length; size > 0; size /= 2)
        {
            length = Fill(filler, block.AsSpan(0, size), length);
        }

        return new Filling(Filler);
    }

    public ValueTask DisposeAsync()
    {
        if (_isMounted)
        {
            Run("umount", "-l", Written);
        }

        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static long Fill(Microsoft.Win32.SafeHandles.SafeFileHandle filler, ReadOnlySpan<byte> block, long length)
    {
        try
        {
            while (true)
            {
                RandomAccess.Write(filler, block, length);
                length += block.Length;
            }
        }
        catch (IOException)
        {
            return length;
        }
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

    private bool Mount() => Run("mount", "-t", "tmpfs", "-o", "size=900m", "smi-crash", Written) == 0;

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} did not start");
        process.WaitForExit();
        return process.ExitCode;
    }

    private sealed class Filling(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
