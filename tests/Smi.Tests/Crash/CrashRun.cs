using System.Security.Cryptography;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Tests.Crash;

/// <summary>
/// Messages flow while the services are killed at random moments, the broker is restarted and the disk runs full; at the end everything must be
/// as if nothing had happened, except that a status may have come twice.
/// </summary>
internal sealed class CrashRun(CrashPlan plan, CrashDeployment deployment, Func<bool, Task> restartBroker)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);

    private readonly Random _random = new(plan.Seed);
    private readonly List<CrashMessage> _sent = [];
    private int _kills;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task RunAsync()
    {
        await using var broker = await deployment.OpenAsync();
        await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = "ExtractFileExchange", MaxConfirmAttempts = 100 }, Cancellation);
        await using var collector = await StatusCollector.StartAsync(broker, "ExtractedFileToVerifyQueue", "ExtractedFileNoVerifyQueue");
        var services = Enumerable.Range(0, plan.Processes).Select(_ => new ServiceProcess(deployment.Yaml, disk: deployment.Disk)).ToList();
        try
        {
            // A service that found the broker away has ended by itself: that round killed nobody.
            for (var round = 0; _kills < plan.Kills; round++)
            {
                await SendAsync(publisher, upTo: Math.Min(plan.Messages, plan.Messages * (round + 1) / plan.Kills));
                services.ForEach(service => service.EnsureRunning());
                await DisturbAsync(round, services);
                await KillAsync(services[round % services.Count], collector);
            }

            await SendReferencesAsync(publisher);
            await WaitForAllAsync(collector, services);
            await CheckAsync(broker, collector, services);
        }
        finally
        {
            foreach (var service in services)
            {
                await service.DisposeAsync();
            }
        }
    }

    private async Task SendAsync(IMessagePublisher publisher, int upTo)
    {
        var more = Enumerable.Range(_sent.Count, upTo - _sent.Count).Select(number => deployment.Message(number)).ToList();
        _sent.AddRange(more);
        await publisher.PublishAsync(more.ConvertAll(message => message.Message), Cancellation);
    }

    /// <summary>One file of each original that is worked on in peace: what all others of it must be equal to.</summary>
    private async Task SendReferencesAsync(IMessagePublisher publisher)
    {
        var references = Enumerable.Range(0, CrashDeployment.Originals).Select(number => deployment.Message(number, "reference")).ToList();
        _sent.AddRange(references);
        await publisher.PublishAsync(references.ConvertAll(message => message.Message), Cancellation);
    }

    private async Task DisturbAsync(int round, List<ServiceProcess> services)
    {
        if (plan.BrokerRestarts > 0 && (round + 1) % Math.Max(1, plan.Kills / (plan.BrokerRestarts + 1)) == 0 && round < plan.Kills - 1)
        {
            await restartBroker((round & 1) == 0);
        }

        if (deployment.Disk is { } disk && round == plan.Kills / 2)
        {
            disk.Fill();
            for (var look = 0; look < 30; look++)
            {
                await Task.Delay(100, Cancellation);
                services.ForEach(service => service.EnsureRunning());
            }

            disk.Empty();
        }
    }

    /// <summary>At any moment of a life, start included, or just when a batch is being finished.</summary>
    private async Task KillAsync(ServiceProcess service, StatusCollector collector)
    {
        if (_random.Next(2) == 0)
        {
            await Task.Delay(_random.Next(1500), Cancellation);
        }
        else
        {
            var before = collector.Count;
            await Patience.UntilAsync(() => collector.Count != before, TimeSpan.FromSeconds(3));
            await Task.Delay(_random.Next(60), Cancellation);
        }

        _kills += await service.KillAsync() ? 1 : 0;
    }

    private async Task WaitForAllAsync(StatusCollector collector, List<ServiceProcess> services)
    {
        var isDone = await Patience.UntilAsync(
            () =>
            {
                services.ForEach(service => service.EnsureRunning());
                return collector.Answered >= _sent.Count;
            },
            LongestWait);
        Assert.True(isDone, $"{_sent.Count - collector.Answered} of {_sent.Count} messages have no answer (seed {plan.Seed})\n{services[0].Output}");
    }

    private async Task CheckAsync(IMessageBroker broker, StatusCollector collector, List<ServiceProcess> services)
    {
        // A service that was started after the last kill may have answered everything before it has swept what the killed one left.
        Assert.True(await Patience.UntilAsync(() => !deployment.Unfinished().Any(), LongestWait), $"unfinished files of killed services are not swept (seed {plan.Seed})");
        foreach (var service in services)
        {
            Assert.Equal(0, await service.TerminateAsync());
        }

        foreach (var message in _sent)
        {
            CheckAnswers(message, collector.AnswersTo(message.Message.Header.MessageGuid));
        }

        CheckFiles();
        var depths = await ((IBrokerAdministration)broker).CountAsync(["ExtractFileAnonQueue", "DLQueue"], Cancellation);
        Assert.All(depths, depth => Assert.Equal(0, depth.Messages));
        var figures = $"seed {plan.Seed}: {_sent.Count} messages, {_kills} kills, {plan.BrokerRestarts} broker restarts, disk full {(deployment.Disk is null ? 0 : 1)} time(s); "
            + $"{collector.Count - _sent.Count} statuses came twice, each the same as before; no file lost, none partial";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        if (Environment.GetEnvironmentVariable("SMI_CRASH_FIGURES") is { } path)
        {
            await File.AppendAllTextAsync(path, figures + "\n", Cancellation);
        }
    }

    private void CheckAnswers(CrashMessage message, IReadOnlyList<(Guid Message, ExtractedFileStatusMessage Status)> answers)
    {
        Assert.All(answers, answer => Assert.True(
            message.Expected == answer.Status.Status, $"{message.Output}: {answer.Status.Status}, {answer.Status.StatusMessage} (seed {plan.Seed})"));
        Assert.All(answers, answer => Assert.Equal(message.Expected == ExtractedFileStatus.Anonymised ? message.Output : null, answer.Status.OutputFilePath));
        Assert.Single(answers.Select(answer => (answer.Message, answer.Status.StatusMessage)).Distinct());
    }

    /// <summary>Exactly the expected files, each with the bytes that its original gives in peace.</summary>
    private void CheckFiles()
    {
        var expected = _sent.Where(message => message.Expected == ExtractedFileStatus.Anonymised).ToDictionary(message => message.Output, StringComparer.Ordinal);
        var found = deployment.Written().Select(file => Path.GetRelativePath(deployment.Outputs, file)).ToList();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        var references = expected.Values.Where(message => message.Output.StartsWith("reference", StringComparison.Ordinal)).ToDictionary(message => message.Original, Digest);
        Assert.Equal(CrashDeployment.Originals, references.Values.Distinct().Count());
        Assert.All(expected.Values, message => Assert.Equal(references[message.Original], Digest(message)));
    }

    private string Digest(CrashMessage message) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(deployment.Outputs, message.Output))));
}
