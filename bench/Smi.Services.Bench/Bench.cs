using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Smi.Deid.Pseudonyms;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Services.Bench;

/// <summary>Runs the ways. Every measurement starts with an empty output folder, empty queues and nothing left to be written back.</summary>
internal sealed class Bench(BenchOptions options)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProcessorInterval = TimeSpan.FromMilliseconds(20);

    private string Sources => Path.Combine(options.Work, "originals");

    private string Extracts => Path.Combine(options.Work, "extracts");

    private string Key => Path.Combine(options.Work, "smi.key");

    private IReadOnlyList<string> _files = [];

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        _files = Originals.Make(Sources, options.Size, options.Files);
        MasterKey.Create(Key);
        await WriteSettingsAsync("rabbit.yaml", $$"""
            MessageBrokerType: RabbitMQ
            RabbitOptions: { RabbitMqHostName: 127.0.0.1, RabbitMqHostPort: {{options.Port}}, RabbitMqVirtualHost: bench, RabbitMqManagementPort: {{options.Port + 1}} }
            """, cancellation);
        await WriteSettingsAsync("embedded.yaml", "MessageBrokerType: Embedded", cancellation);
    }

    public async Task<Measurement> FolderAsync(CancellationToken cancellation)
    {
        await ClearAsync(cancellation);
        var clock = Stopwatch.StartNew();
        var processor = await RunAsync(options.Smi, cancellation, "anonymise", Sources, Path.Combine(Extracts, "out"), "--clean", "none", "--names", "source", "--key", Key, "--jobs", $"{Environment.ProcessorCount}");
        await RunAsync("sync", cancellation, "-f", Extracts);
        return new("folder", options.Files, clock.Elapsed, processor);
    }

    public Task<Measurement> EchoAsync(CancellationToken cancellation) =>
        OverBrokerAsync("rabbit.yaml", [[Environment.ProcessPath ?? "", "echo", SettingsPath("rabbit.yaml")]], cancellation);

    public Task<Measurement> RabbitAsync(int processes, CancellationToken cancellation) =>
        OverBrokerAsync("rabbit.yaml", [.. Enumerable.Repeat<string[]>([options.Smi, "dicom-anonymiser", "-y", SettingsPath("rabbit.yaml")], processes)], cancellation);

    public Task<Measurement> EmbeddedAsync(CancellationToken cancellation) =>
        OverBrokerAsync("embedded.yaml", [[options.Smi, "dicom-anonymiser", "-y", SettingsPath("embedded.yaml")]], cancellation);

    private async Task<Measurement> OverBrokerAsync(string yaml, IReadOnlyList<string[]> commands, CancellationToken cancellation)
    {
        await ClearAsync(cancellation);
        await RunAsync(options.Smi, cancellation, "setup-broker", "-y", SettingsPath(yaml));
        var settings = SettingsLoader.Load(SettingsPath(yaml));
        await using var broker = await Brokers.OpenAsync(settings, TimeProvider.System, NullLogger.Instance, cancellation);
        await FillAsync(broker, cancellation);
        var clock = Stopwatch.StartNew();
        var processes = commands.Select(Start).ToList();
        try
        {
            await WaitAsync(broker, settings.IsIdentifiable.Queue.QueueName, processes, cancellation);
            var wall = clock.Elapsed;
            var processor = processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.TotalProcessorTime);
            return new(yaml, options.Files, wall, processor);
        }
        finally
        {
            processes.ForEach(process => process.Kill(entireProcessTree: true));
            foreach (var process in processes)
            {
                await process.WaitForExitAsync(cancellation);
                process.Dispose();
            }

            await DrainAsync(broker, settings.IsIdentifiable.Queue.QueueName, cancellation);
        }
    }

    private async Task FillAsync(IMessageBroker broker, CancellationToken cancellation)
    {
        await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = "ExtractFileExchange" }, cancellation);
        var job = new Messaging.Messages.Extraction
        {
            JobIdentifier = Guid.NewGuid(),
            ProjectNumber = "bench",
            Directory = "bench/extractions/cts",
            Modality = "CT",
            JobSubmittedAt = DateTimeOffset.UnixEpoch.AddYears(55),
            Shape = MessageShape.V6,
        };
        var messages = _files.Select((file, number) => OutgoingMessage.Root(
            new ExtractFileMessage { Extraction = job, DicomFilePath = file, OutputPath = string.Create(CultureInfo.InvariantCulture, $"study{number / 400}/series{number / 100}/{number}-an.dcm") },
            "Bench", TimeProvider.System, "anon"));
        foreach (var part in messages.Chunk(1000))
        {
            await publisher.PublishAsync(part, cancellation);
        }
    }

    private async Task WaitAsync(IMessageBroker broker, string queue, List<Process> processes, CancellationToken cancellation)
    {
        var administration = (IBrokerAdministration)broker;
        using var timer = new PeriodicTimer(PollInterval);
        while ((await administration.CountAsync([queue], cancellation))[0].Messages < options.Files)
        {
            await timer.WaitForNextTickAsync(cancellation);
            if (processes.Find(process => process.HasExited) is { } ended)
            {
                throw new InvalidOperationException($"a process ended with exit code {ended.ExitCode}");
            }
        }
    }

    private static async Task DrainAsync(IMessageBroker broker, string queue, CancellationToken cancellation)
    {
        await using var consumer = await broker.OpenConsumerAsync(new() { Queue = queue, Prefetch = 1000 }, cancellation);
        while ((await ((IBrokerAdministration)broker).CountAsync([queue], cancellation))[0].Messages > 0 || consumer.Deliveries.Count > 0)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(TimeSpan.FromSeconds(1));
            try
            {
                var batch = new List<Delivery> { await consumer.Deliveries.ReadAsync(patience.Token) };
                while (consumer.Deliveries.TryRead(out var more))
                {
                    batch.Add(more);
                }

                await consumer.SettleAsync(batch, Settlement.Acknowledge, cancellation);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Nothing more came.
            }
        }
    }

    private async Task ClearAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(Extracts))
        {
            Directory.Delete(Extracts, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(options.Work, "smi-broker.db*").ToList())
        {
            File.Delete(file);
        }

        Directory.CreateDirectory(Path.Combine(Extracts, "bench", "extractions", "cts"));
        await RunAsync("sync", cancellation, "-f", options.Work);
    }

    private string SettingsPath(string yaml) => Path.Combine(options.Work, yaml);

    private Task WriteSettingsAsync(string name, string broker, CancellationToken cancellation) => File.WriteAllTextAsync(SettingsPath(name), $$"""
        {{broker}}
        FileSystemOptions: { FileSystemRoot: "{{Sources}}", ExtractRoot: "{{Extracts}}" }
        DicomAnonymiserOptions: { AnonymiserType: BuiltIn, AnonFileConsumerOptions: { QueueName: ExtractFileAnonQueue, QoSPrefetchCount: 1024 } }
        DeidOptions: { KeyFile: smi.key, Clean: [none] }
        HealthOptions: { Enabled: false }
        """, cancellation);

    private static Process Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start");
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginErrorReadLine();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Processor time as last seen before the end; the kernel forgets it with the process.</summary>
    private static async Task<TimeSpan> RunAsync(string program, CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start([program, .. arguments]);
        var processor = TimeSpan.Zero;
        var ended = process.WaitForExitAsync(cancellation);
        while (await Task.WhenAny(ended, Task.Delay(ProcessorInterval, cancellation)) != ended)
        {
            processor = ProcessorOf(process) ?? processor;
        }

        await ended;
        return process.ExitCode == 0 ? processor : throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}");
    }

    private static TimeSpan? ProcessorOf(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception && process.HasExited)
        {
            return null;
        }
    }
}
