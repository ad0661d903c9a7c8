using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.RabbitMq;
using Smi.Messaging.Tests;
using Smi.Messaging.Wire;

namespace Smi.Extraction.Tests.Workflow;

/// <summary>A status that no queue takes comes back from the broker (mandatory): the topology is wrong, and trying again cannot help.</summary>
public sealed class UnroutableStatusTests(RabbitServer rabbit)
{
    private const string Exchange = "ExtractedFileStatusExchange";
    private const string Statuses = "ExtractedFileToVerifyQueue";
    private const string Requests = "ExtractFileAnonQueue";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_the_service_with_nothing_acknowledged_and_nothing_is_lost_once_the_binding_is_back()
    {
        var options = await rabbit.NewVirtualHostAsync();
        await using var deployment = new Deployment(broker: RabbitServer.YamlOf(options), moreYaml: "DicomAnonymiserOptions: { AnonFileConsumerOptions: { QoSPrefetchCount: 100 } }");
        await SetUpAsync(options, deployment.Settings);
        var samples = deployment.AddSamples(seed: 3).Take(4).ToList();
        await using var broker = (await deployment.OpenAsync()).Broker;
        var messages = samples.Select((sample, index) => Ask(deployment, sample.RelativePath, $"{index}.dcm")).ToList();
        await using (var publisher = await broker.OpenPublisherAsync(new() { Exchange = "ExtractFileExchange" }, Cancellation))
        {
            await publisher.PublishAsync(messages, Cancellation);
        }

        await UnbindAsync(options);
        await RunToFaultAsync(deployment);
        Assert.Equal((messages.Count, 0), (await CountAsync(broker, Requests), await CountAsync(broker, Statuses)));

        await SetUpAsync(options, deployment.Settings);
        var context = await deployment.OpenAsync();
        await using var again = context.Broker;
        await WorkflowTests.RunUntilAsync(context, [deployment.Anonymiser(context)], () => context.Metrics.FilesOf("anonymised") == messages.Count);

        Assert.Equal((0, messages.Count), (await CountAsync(broker, Requests), await CountAsync(broker, Statuses)));
        Assert.Equal(messages.Select(message => message.Header.MessageGuid).Order(), (await ParentsAsync(broker, messages.Count)).Order());
        Assert.Equal(messages.Count, Directory.GetFiles(deployment.Outputs, "*", SearchOption.AllDirectories).Length);
    }

    private static async Task RunToFaultAsync(Deployment deployment)
    {
        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;

        var fault = await Assert.ThrowsAsync<UnroutableMessageException>(() => new ServiceHost(context).RunAsync([deployment.Anonymiser(context)], Cancellation));

        Assert.Contains($"exchange {Exchange} has no queue for routing key 'verify'", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, context.Metrics.FilesOf("anonymised"));
    }

    private static async Task SetUpAsync(RabbitOptions options, SmiSettings settings)
    {
        await using var administration = RabbitBroker.ForAdministration(options, TimeProvider.System, NullLogger.Instance);
        await administration.CreateAsync(TopologyOf.Of(settings), Cancellation);
    }

    private static async Task UnbindAsync(RabbitOptions options)
    {
        var factory = new ConnectionFactory { HostName = "127.0.0.1", Port = options.Port, VirtualHost = options.VirtualHost };
        await using var connection = await factory.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.QueueUnbindAsync(Statuses, Exchange, "verify", cancellationToken: Cancellation);
    }

    // What a closed channel gave back is counted a moment later.
    private static async Task<long> CountAsync(IMessageBroker broker, string queue)
    {
        await Watching.UntilAsync(async () => (await ((IBrokerAdministration)broker).CountAsync([queue], Cancellation))[0].Consumers == 0);
        return (await ((IBrokerAdministration)broker).CountAsync([queue], Cancellation))[0].Messages;
    }

    private static async Task<IReadOnlyList<Guid>> ParentsAsync(IMessageBroker broker, int count)
    {
        await using var consumer = await broker.OpenConsumerAsync(new() { Queue = Statuses, Prefetch = 100 }, Cancellation);
        var parents = new List<Guid>();
        while (parents.Count < count)
        {
            parents.Add(HeaderTable.Read((await consumer.Deliveries.ReadAsync(Cancellation)).Headers).Parents[^1]);
        }

        return parents;
    }

    private static OutgoingMessage Ask(Deployment deployment, string source, string output) => OutgoingMessage.Root(
        new ExtractFileMessage { Extraction = deployment.Job(), DicomFilePath = source, OutputPath = output }, "Test", TimeProvider.System, "anon");
}
