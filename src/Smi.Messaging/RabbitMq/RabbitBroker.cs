using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Smi.Messaging.Brokers;

namespace Smi.Messaging.RabbitMq;

/// <summary>A RabbitMQ broker as SmiServices uses one: everything is declared passively, except the control queue of this process.</summary>
public sealed class RabbitBroker : IMessageBroker, IBrokerAdministration
{
    private readonly RabbitOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly RabbitConnector _connector;
    private readonly RabbitTopology _topology;
    private readonly ConcurrentBag<RabbitConsumer> _consumers = [];
    private readonly ConcurrentBag<RabbitPublisher> _publishers = [];
    private readonly ConcurrentDictionary<string, bool> _exchanges = [];

    private RabbitBroker(RabbitOptions options, TimeProvider clock, ILogger log)
    {
        _options = options;
        _clock = clock;
        _log = log;
        _connector = new RabbitConnector(options, clock, log);
        _topology = new RabbitTopology(options, _connector);
    }

    public IReadOnlyList<string> Complaints =>
        [.. _consumers.Select(consumer => consumer.Complaint).Append(_connector.Complaint).OfType<string>().Distinct()];

    /// <summary>Connects at once, so that wrong settings are a clear error at start and not a retry for ever.</summary>
    public static async Task<RabbitBroker> OpenAsync(RabbitOptions options, TimeProvider clock, ILogger log, CancellationToken cancellation)
    {
        var broker = new RabbitBroker(options, clock, log);
        try
        {
            await broker._connector.ConnectAsync(cancellation);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>For setting up: the virtual host may not even exist yet.</summary>
    public static RabbitBroker ForAdministration(RabbitOptions options, TimeProvider clock, ILogger log) => new(options, clock, log);

    public async Task<IMessageConsumer> OpenConsumerAsync(ConsumerSpecification consumer, CancellationToken cancellation)
    {
        var opened = new RabbitConsumer(_connector, _options, consumer, _clock, _log, RecheckAsync);
        await opened.StartAsync(cancellation);
        _consumers.Add(opened);
        return opened;
    }

    public async Task<IMessagePublisher> OpenPublisherAsync(PublisherSpecification publisher, CancellationToken cancellation)
    {
        var opened = new RabbitPublisher(_connector, _options, publisher, _clock);
        await opened.OpenAsync(cancellation);
        _exchanges[publisher.Exchange] = true;
        _publishers.Add(opened);
        return opened;
    }

    public Task<IReadOnlyList<string>> CheckAsync(BrokerTopology topology, CancellationToken cancellation) =>
        _topology.CheckAsync(topology, cancellation);

    public Task<IReadOnlyList<string>> CreateAsync(BrokerTopology topology, CancellationToken cancellation) =>
        _topology.CreateAsync(topology, cancellation);

    public Task<IReadOnlyList<QueueDepth>> CountAsync(IReadOnlyList<string> queues, CancellationToken cancellation) =>
        _topology.CountAsync(queues, cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var consumer in _consumers)
        {
            await consumer.DisposeAsync();
        }

        foreach (var publisher in _publishers)
        {
            await publisher.DisposeAsync();
        }

        await _connector.DisposeAsync();
    }

    /// <summary>A broker that comes back may be another one: everything this process uses must be there before anything is consumed again.</summary>
    private async Task RecheckAsync(CancellationToken cancellation)
    {
        var queues = _consumers.Where(consumer => !consumer.IsTransient).Select(consumer => consumer.Queue).ToList();
        var missing = await _topology.FindMissingAsync([.. _exchanges.Keys], queues, cancellation);
        if (missing.Count > 0)
        {
            throw new BrokerException($"the broker came back without {string.Join(", ", missing)}; smi setup-broker creates what the settings name");
        }
    }
}
