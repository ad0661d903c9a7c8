using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Smi.Messaging.Brokers;
using Smi.Messaging.Processes;

namespace Smi.Messaging.Embedded;

/// <summary>
/// A broker in one SQLite file, for a machine with nothing installed. Any number of processes may use the file at once; a message is held
/// by a lease, and a crashed process loses its leases as soon as another one looks.
/// </summary>
public sealed partial class EmbeddedBroker : IMessageBroker, IBrokerAdministration
{
    private readonly EmbeddedBrokerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly EmbeddedStore _store;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly List<EmbeddedConsumer> _consumers = [];
    private readonly Task _caretaking;
    private volatile string? _complaint;
    private bool _disposed;

    private EmbeddedBroker(EmbeddedBrokerOptions options, EmbeddedStore store, TimeProvider clock, ILogger log)
    {
        _options = options;
        _store = store;
        _clock = clock;
        _log = log;
        _caretaking = CaretakeAsync(_closing.Token);
    }

    public IReadOnlyList<string> Complaints => _complaint is { } complaint ? [complaint] : [];

    /// <summary>Opens or creates the store and whatever of the topology is missing in it.</summary>
    public static async Task<EmbeddedBroker> OpenAsync(
        EmbeddedBrokerOptions options, BrokerTopology topology, TimeProvider clock, ILogger log, CancellationToken cancellation)
    {
        var store = await Task.Run(() => OpenStore(options.Path), cancellation);
        var broker = new EmbeddedBroker(options, store, clock, log);
        try
        {
            await broker.OnStoreAsync(opened => opened.Declare(topology), cancellation);
            await broker.BuryTheDeadAsync(cancellation);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    public async Task<IMessageConsumer> OpenConsumerAsync(ConsumerSpecification consumer, CancellationToken cancellation)
    {
        var exists = consumer.Transient is not null || await OnStoreAsync(store => store.HasQueue(consumer.Queue), cancellation);
        if (!exists)
        {
            throw new BrokerException($"the embedded broker has no queue {consumer.Queue}");
        }

        var opened = new EmbeddedConsumer(this, consumer, _options.PollInterval, _clock);
        await OnStoreAsync(store => store.AddConsumer(opened.Id, ProcessIdentity.Current.ToString(), consumer, Expiry()), cancellation);
        lock (_consumers)
        {
            _consumers.Add(opened);
        }

        opened.Start();
        return opened;
    }

    public async Task<IMessagePublisher> OpenPublisherAsync(PublisherSpecification publisher, CancellationToken cancellation)
    {
        var type = await OnStoreAsync(store => store.ExchangeType(publisher.Exchange), cancellation)
            ?? throw new BrokerException($"the embedded broker has no exchange {publisher.Exchange}");
        return new EmbeddedPublisher(this, publisher.Exchange, isTopic: type == "topic");
    }

    public async Task<IReadOnlyList<string>> CheckAsync(BrokerTopology topology, CancellationToken cancellation)
    {
        var missing = new List<string>();
        await OnStoreAsync(
            store =>
            {
                missing.AddRange(topology.Exchanges.Where(exchange => store.ExchangeType(exchange.Name) is null)
                    .Select(exchange => $"exchange {exchange.Name} is missing"));
                missing.AddRange(topology.Queues.Where(queue => !store.HasQueue(queue)).Select(queue => $"queue {queue} is missing"));
                missing.AddRange(topology.Bindings.Where(binding => !store.Bindings(binding.Exchange).Contains(binding))
                    .Select(binding => $"exchange {binding.Exchange} is not bound to queue {binding.Queue} by '{binding.RoutingKey}'"));
            },
            cancellation);
        return missing;
    }

    public async Task<IReadOnlyList<string>> CreateAsync(BrokerTopology topology, CancellationToken cancellation)
    {
        await OnStoreAsync(store => store.Declare(topology), cancellation);
        return [$"{topology.Exchanges.Count} exchanges, {topology.Queues.Count} queues and {topology.Bindings.Count} bindings are in {_options.Path}"];
    }

    public async Task<IReadOnlyList<QueueDepth>> CountAsync(IReadOnlyList<string> queues, CancellationToken cancellation) =>
        await OnStoreAsync(store => queues.Select(store.Count).OfType<QueueDepth>().ToList(), cancellation);

    /// <summary>How many messages were rejected for good.</summary>
    public Task<long> CountDeadLettersAsync(CancellationToken cancellation) => OnStoreAsync(store => store.CountDeadLetters(), cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (var consumer in Consumers())
        {
            await consumer.DisposeAsync();
        }

        await _closing.CancelAsync();
        await _caretaking;
        _store.Dispose();
        _closing.Dispose();
        _turn.Dispose();
    }

    /// <summary>Runs one piece of work on the store, alone, off the caller's thread: another process may hold the file for a while.</summary>
    /// <exception cref="BrokerException">The disk is full, or the file cannot be used; nothing of the work was done.</exception>
    internal async Task<T> OnStoreAsync<T>(Func<EmbeddedStore, T> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var done = await Task.Run(() => work(_store), CancellationToken.None);
            _complaint = null;
            return done;
        }
        catch (SqliteException fault)
        {
            var refused = Refusal(_options.Path, fault);
            _complaint = refused.Message;
            throw refused;
        }
        finally
        {
            _turn.Release();
        }
    }

    internal Task OnStoreAsync(Action<EmbeddedStore> work, CancellationToken cancellation) =>
        OnStoreAsync(
            store =>
            {
                work(store);
                return true;
            },
            cancellation);

    internal void Wake(IReadOnlySet<string> queues)
    {
        foreach (var consumer in Consumers().Where(consumer => queues.Contains(consumer.Queue)))
        {
            consumer.Wake();
        }
    }

    internal async Task ForgetAsync(EmbeddedConsumer consumer)
    {
        lock (_consumers)
        {
            _consumers.Remove(consumer);
        }

        try
        {
            await OnStoreAsync(store => store.RemoveConsumer(consumer.Id), CancellationToken.None);
            Wake(new HashSet<string> { consumer.Queue });
        }
        catch (BrokerException fault)
        {
            // Its lease is not renewed any more: others end it.
            LogNotNow(_log, fault.Message);
        }
    }

    internal long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static EmbeddedStore OpenStore(string path)
    {
        try
        {
            return new EmbeddedStore(path);
        }
        catch (SqliteException fault)
        {
            throw Refusal(path, fault);
        }
    }

    private static BrokerException Refusal(string path, SqliteException fault) => new($"the embedded broker {path} cannot be used: {fault.Message}", fault);

    private long Expiry() => Now() + (long)_options.Lease.TotalMilliseconds;

    private List<EmbeddedConsumer> Consumers()
    {
        lock (_consumers)
        {
            return [.. _consumers];
        }
    }

    /// <summary>Renews the leases of this process, and ends those of processes that are gone.</summary>
    private async Task CaretakeAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(_options.Lease / 6, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await CaretakeOnceAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The broker is being closed.
        }
    }

    private async Task CaretakeOnceAsync(CancellationToken cancellation)
    {
        try
        {
            await RenewAsync(cancellation);
            await BuryTheDeadAsync(cancellation);
        }
        catch (BrokerException fault)
        {
            LogNotNow(_log, fault.Message);
        }
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        foreach (var consumer in Consumers())
        {
            var known = await OnStoreAsync(store => store.Renew(consumer.Id, Expiry()), cancellation);
            if (!known)
            {
                LogLostLease(_log, consumer.Queue);
                await consumer.StartAnewAsync(
                    id => OnStoreAsync(
                        store => store.AddConsumer(id, ProcessIdentity.Current.ToString(), consumer.Specification, Expiry()), cancellation));
            }
        }
    }

    private async Task BuryTheDeadAsync(CancellationToken cancellation)
    {
        var now = Now();
        var all = await OnStoreAsync(store => store.Consumers(), cancellation);
        foreach (var (id, process, expires) in all)
        {
            var dead = expires < now || (ProcessIdentity.TryParse(process, out var owner) && !owner.MayBeAlive());
            if (dead)
            {
                await OnStoreAsync(store => store.RemoveConsumer(id), cancellation);
                LogBuried(_log, id);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Consumer {Id} of the embedded broker is gone; its messages are delivered again")]
    private static partial void LogBuried(ILogger log, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Complaint}; trying again")]
    private static partial void LogNotNow(ILogger log, string complaint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This process did not renew its lease on {Queue} in time; its messages went elsewhere")]
    private static partial void LogLostLease(ILogger log, string queue);
}
