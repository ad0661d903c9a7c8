using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Samples;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Tests.Services;

/// <summary>
/// The anonymiser is killed at random moments while messages flow; at the end there are exactly the expected files, each whole, each with
/// one final status. SMI_CRASH_KILLS and SMI_CRASH_MESSAGES make it longer (eng/long.sh).
/// </summary>
public sealed class CrashTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smi-crash-").FullName;
    private readonly Random _random = new(20260101);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Sources => Path.Combine(_folder, "sources");

    private string Outputs => Path.Combine(_folder, "extracts", "p", "extractions", "x");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 3_600_000)]
    public async Task Killed_at_random_moments_it_loses_nothing_and_leaves_no_file_half_written()
    {
        var (kills, count) = (Number("SMI_CRASH_KILLS", 6), Number("SMI_CRASH_MESSAGES", 400));
        var settings = LayOut();
        var samples = SampleHospital.Write(Sources, 5).Where(sample => sample.RelativePath.Length > 0).ToList();
        MakeReadOnly();
        await using var broker = await Brokers.OpenAsync(settings, TimeProvider.System, NullLogger.Instance, Cancellation);
        await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = "ExtractFileExchange" }, Cancellation);
        var messages = Enumerable.Range(0, count).Select(index => Ask(samples[index % samples.Count].RelativePath, $"{index % 7}/{index}-an.dcm")).ToList();
        await publisher.PublishAsync(messages, Cancellation);

        for (var kill = 0; kill < kills; kill++)
        {
            using var victim = Start(settings.Path);
            await Task.Delay(_random.Next(600, 2500), Cancellation);
            victim.Kill();
            await victim.WaitForExitAsync(Cancellation);
        }

        var answers = await FinishAsync(broker, settings, messages.Count);

        AssertComplete(messages, answers);
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {count} messages, {answers.Count - answers.Select(answer => answer.Parent).Distinct().Count()} duplicate statuses");
    }

    private async Task<List<(Guid Parent, Guid Answer, ExtractedFileStatusMessage Status)>> FinishAsync(IMessageBroker broker, SmiSettings settings, int count)
    {
        await using var good = await broker.OpenConsumerAsync(new() { Queue = "ExtractedFileToVerifyQueue", Prefetch = ushort.MaxValue }, Cancellation);
        await using var bad = await broker.OpenConsumerAsync(new() { Queue = "ExtractedFileNoVerifyQueue", Prefetch = ushort.MaxValue }, Cancellation);
        using var last = Start(settings.Path);
        var answers = new List<(Guid Parent, Guid Answer, ExtractedFileStatusMessage Status)>();
        var deadline = Stopwatch.StartNew();
        while (answers.Select(answer => answer.Parent).Distinct().Count() < count && deadline.Elapsed < TimeSpan.FromMinutes(3 + (count / 500)))
        {
            while (good.Deliveries.TryRead(out var delivery) || bad.Deliveries.TryRead(out delivery))
            {
                var header = HeaderTable.Read(delivery.Headers);
                answers.Add((header.Parents[^1], header.MessageGuid, MessageReader.ReadStatus(delivery.Body.Span)));
            }

            await Task.Delay(50, Cancellation);
        }

        last.Kill();
        await last.WaitForExitAsync(Cancellation);
        return answers;
    }

    private void AssertComplete(List<OutgoingMessage> messages, List<(Guid Parent, Guid Answer, ExtractedFileStatusMessage Status)> answers)
    {
        var byMessage = answers.GroupBy(answer => answer.Parent).ToDictionary(group => group.Key, group => group.ToList());
        Assert.Equal(messages.Select(message => message.Header.MessageGuid).ToHashSet(), byMessage.Keys.ToHashSet());
        Assert.All(byMessage.Values, same => Assert.Single(same.Select(answer => answer.Answer).Distinct()));
        var written = byMessage.Values.Select(same => same[0].Status.OutputFilePath).OfType<string>().ToHashSet();
        var files = Directory.GetFiles(Outputs, "*-an.dcm", SearchOption.AllDirectories);
        Assert.Equal(written, files.Select(file => Path.GetRelativePath(Outputs, file)).ToHashSet());

        // The same source under the same key is the same file, however often it was begun.
        var bySource = byMessage.Values.Select(same => same[0].Status).Where(status => status.OutputFilePath is not null).GroupBy(status => status.DicomFilePath);
        Assert.All(bySource, same => Assert.Single(same.Select(status => HashOf(Path.Combine(Outputs, status.OutputFilePath ?? ""))).Distinct()));
        Assert.DoesNotContain(byMessage.Values, same => same[0].Status.StatusMessage?.Contains("died", StringComparison.Ordinal) == true);
    }

    private SmiSettings LayOut()
    {
        Directory.CreateDirectory(Sources);
        Directory.CreateDirectory(Outputs);
        MasterKey.Create(Path.Combine(_folder, "smi.key"));
        var yaml = Path.Combine(_folder, "test.yaml");
        File.WriteAllText(yaml, $$"""
            MessageBrokerType: Embedded
            FileSystemOptions: { FileSystemRoot: "{{Sources}}", ExtractRoot: "{{Path.Combine(_folder, "extracts")}}" }
            DicomAnonymiserOptions:
              AnonymiserType: BuiltIn
              AnonFileConsumerOptions: { QoSPrefetchCount: 50 }
              BatchSize: 16
            DeidOptions: { KeyFile: smi.key, Clean: none }
            HealthOptions: { Enabled: false }
            """);
        return SettingsLoader.Load(yaml);
    }

    private void MakeReadOnly()
    {
        foreach (var file in Directory.EnumerateFiles(Sources, "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        }
    }

    private static Process Start(string yaml)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "smi.dll"), "dicom-anonymiser", "-y", yaml])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("the anonymiser did not start");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static OutgoingMessage Ask(string source, string output) => new()
    {
        Header = MessageHeader.Root("Test", TimeProvider.System),
        Body = MessageWriter.Write(new ExtractFileMessage
        {
            Extraction = new()
            {
                JobIdentifier = Guid.NewGuid(),
                ProjectNumber = "p",
                Directory = "p/extractions/x",
                Modality = "CT",
                JobSubmittedAt = DateTimeOffset.UnixEpoch.AddYears(55),
                Shape = MessageShape.V6,
            },
            DicomFilePath = source,
            OutputPath = output,
        }),
        RoutingKey = "anon",
    };

    private static string HashOf(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
