using Smi.Messaging.Brokers;
using Smi.Messaging.Tests;

namespace Smi.Tests.Crash;

/// <summary>Kill -9 at any instruction, a broker that is restarted, a full disk: nothing is lost, nothing is half. The long form is in eng/long.sh.</summary>
public sealed class CrashTests
{
    private const string Embedded = "MessageBrokerType: Embedded";

    [Fact]
    public async Task Over_RabbitMQ_nothing_is_lost_by_kills_and_restarts_of_the_broker()
    {
        // A server of its own: others are not to feel it.
        await using var rabbit = new RabbitServer();
        var options = await rabbit.NewVirtualHostAsync();
        await RunAsync(RabbitServer.YamlOf(options), CrashPlan.Of(new() { Messages = 200, Kills = 4, BrokerRestarts = 1 }), hard => RestartAsync(rabbit, hard));
    }

    [Fact]
    public Task Over_the_embedded_broker_nothing_is_lost_by_kills() =>
        RunAsync(Embedded, CrashPlan.Of(new() { Messages = 200, Kills = 4 }), _ => Task.CompletedTask);

    [Fact]
    public Task A_full_disk_of_files_journal_and_broker_loses_nothing() =>
        RunAsync(Embedded, new() { Messages = 200, Kills = 2, Disk = DiskFault.Refusing }, _ => Task.CompletedTask);

    [Fact]
    public async Task SIGTERM_in_the_middle_finishes_what_is_in_work_gives_the_rest_back_and_ends_with_0()
    {
        const int count = 400;
        await using var deployment = await CrashDeployment.CreateAsync(Embedded, DiskFault.None);
        await using var broker = await deployment.OpenAsync();
        await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = "ExtractFileExchange" }, TestContext.Current.CancellationToken);
        await using var collector = await StatusCollector.StartAsync(broker, "ExtractedFileToVerifyQueue", "ExtractedFileNoVerifyQueue");
        await publisher.PublishAsync([.. Enumerable.Range(0, count).Select(number => deployment.Message(number).Message)], TestContext.Current.CancellationToken);
        await using var service = new ServiceProcess(deployment.Yaml);
        service.EnsureRunning();
        Assert.True(await Patience.UntilAsync(() => collector.Count > 0, TimeSpan.FromMinutes(2)), service.Output);

        Assert.Equal(0, await service.TerminateAsync());

        var left = (await ((IBrokerAdministration)broker).CountAsync(["ExtractFileAnonQueue"], TestContext.Current.CancellationToken))[0].Messages;
        Assert.True(left > 0, "everything was done before the signal");
        Assert.True(await Patience.UntilAsync(() => collector.Answered == count - left, TimeSpan.FromSeconds(30)), $"{left} left, {collector.Answered} answered");
        Assert.Equal(collector.Answered, collector.Count);
        Assert.Empty(deployment.Unfinished());
    }

    private static async Task RunAsync(string broker, CrashPlan plan, Func<bool, Task> restartBroker)
    {
        await using var deployment = await CrashDeployment.CreateAsync(broker, plan.Disk);
        Assert.SkipWhen(
            plan.Disk != DiskFault.None && deployment.Disk is null,
            "no small disk can be mounted here. Run as root, or the whole of it under: unshare --user --map-root-user --mount");
        await new CrashRun(plan, deployment, restartBroker).RunAsync();
        Assert.False(deployment.Disk is RefusingDisk { Refusals: 0 }, "nobody wrote while the disk was full");
    }

    private static async Task RestartAsync(RabbitServer rabbit, bool hard)
    {
        await (hard ? rabbit.KillAsync() : rabbit.StopAsync());
        await rabbit.RestartAsync();
    }
}
