using System.Threading.Channels;
using Smi.Messaging.Brokers;

namespace Smi.Messaging.Embedded;

/// <summary>
/// Leases messages up to the prefetch count and hands them on. The feeding loop owns leasing; settling only counts down what is held
/// and wakes the loop. What cannot be settled because the store cannot be written to stays held, and the loop settles it later.
/// </summary>
internal sealed class EmbeddedConsumer : IMessageConsumer
{
    // A lease of thousands of large messages would hold the file too long for the other processes.
    private const int LeaseAtOnce = 500;

    private readonly EmbeddedBroker _broker;
    private readonly TimeSpan _pollInterval;
    private readonly TimeProvider _clock;
    private readonly Channel<Delivery> _deliveries;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _closing = new();
    private Task _feeding = Task.CompletedTask;
    private readonly Lock _gate = new();
    private volatile bool _paused;

    // Both behind the gate: how many are held means something in its generation only.
    private long _generation;
    private int _held;
    private readonly Queue<(long Generation, List<long> Messages, Settlement Settlement)> _postponed = [];
    private bool _disposed;

    public EmbeddedConsumer(EmbeddedBroker broker, ConsumerSpecification specification, TimeSpan pollInterval, TimeProvider clock)
    {
        _broker = broker;
        Specification = specification;
        _pollInterval = pollInterval;
        _clock = clock;
        _deliveries = Channel.CreateBounded<Delivery>(Limit);
    }

    public string Id { get; private set; } = Guid.NewGuid().ToString("D");

    public ConsumerSpecification Specification { get; }

    public string Queue => Specification.Queue;

    public ChannelReader<Delivery> Deliveries => _deliveries.Reader;

    private int Limit => Specification.Prefetch == 0 ? ushort.MaxValue : Specification.Prefetch;

    public void Start() => _feeding = FeedAsync(_closing.Token);

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>The leases are lost: what was handed over counts no more, and a new consumer takes over in this object.</summary>
    public async Task StartAnewAsync(Func<string, Task> register)
    {
        lock (_gate)
        {
            _generation++;
            _held = 0;
        }

        while (_deliveries.Reader.TryRead(out _))
        {
            // Another process has these now.
        }

        var id = Guid.NewGuid().ToString("D");
        await register(id);
        Id = id;
        Wake();
    }

    public async Task SettleAsync(IReadOnlyList<Delivery> deliveries, Settlement settlement, CancellationToken cancellation)
    {
        var generation = Generation();
        var current = deliveries.Where(delivery => delivery.Generation == generation).Select(delivery => (long)delivery.Tag).ToList();
        if (current.Count == 0 || Specification.AutoAck)
        {
            return;
        }

        try
        {
            await SettleAsync(generation, current, settlement, cancellation);
        }
        catch (BrokerException)
        {
            lock (_gate)
            {
                _postponed.Enqueue((generation, current, settlement));
            }
        }
    }

    public Task PauseAsync(CancellationToken cancellation)
    {
        _paused = true;
        return Task.CompletedTask;
    }

    public Task ResumeAsync(CancellationToken cancellation)
    {
        _paused = false;
        Wake();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _closing.CancelAsync();
        await _feeding;
        _deliveries.Writer.TryComplete();
        await _broker.ForgetAsync(this);
        _closing.Dispose();
    }

    private async Task FeedAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                if (await FeedOnceAsync(cancellation) == 0)
                {
                    await WaitAsync(cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The consumer is being closed; what it holds is given back.
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A mistake of ours; the reader of the deliveries is the one who can tell somebody.
            _deliveries.Writer.TryComplete(fault);
        }
    }

    private async Task<int> FeedOnceAsync(CancellationToken cancellation)
    {
        try
        {
            await SettlePostponedAsync(cancellation);
            return _paused ? 0 : await LeaseAsync(cancellation);
        }
        catch (BrokerException)
        {
            // The broker's own complaint says why; a full disk has room again some day.
            return 0;
        }
    }

    private async Task SettlePostponedAsync(CancellationToken cancellation)
    {
        while (NextPostponed() is { } next)
        {
            await SettleAsync(next.Generation, next.Messages, next.Settlement, cancellation);
            lock (_gate)
            {
                _postponed.Dequeue();
            }
        }
    }

    private (long Generation, List<long> Messages, Settlement Settlement)? NextPostponed()
    {
        lock (_gate)
        {
            return _postponed.TryPeek(out var next) ? next : null;
        }
    }

    private async Task SettleAsync(long generation, List<long> messages, Settlement settlement, CancellationToken cancellation)
    {
        await _broker.OnStoreAsync(store => store.Settle(Id, messages, settlement, _broker.Now()), cancellation);
        TryHold(generation, -messages.Count);
        Wake();
    }

    private async Task<int> LeaseAsync(CancellationToken cancellation)
    {
        var generation = Generation();
        var room = Room();
        if (room <= 0)
        {
            return 0;
        }

        var leased = await _broker.OnStoreAsync(store => Lease(store, Math.Min(room, LeaseAtOnce)), cancellation);
        if (!TryHold(generation, leased.Count))
        {
            return 0;
        }

        foreach (var message in leased)
        {
            await _deliveries.Writer.WriteAsync(Deliver(message, generation), cancellation);
        }

        return leased.Count;
    }

    private long Generation()
    {
        lock (_gate)
        {
            return _generation;
        }
    }

    private int Room()
    {
        lock (_gate)
        {
            return Specification.AutoAck ? 1 : Limit - _held;
        }
    }

    private bool TryHold(long generation, int more)
    {
        lock (_gate)
        {
            _held += generation == _generation ? more : 0;
            return generation == _generation;
        }
    }

    private IReadOnlyList<StoredMessage> Lease(EmbeddedStore store, int count) =>
        store.HasWaiting(Queue) ? store.Lease(Id, Queue, count, Specification.AutoAck) : [];

    private static Delivery Deliver(StoredMessage message, long generation) => new()
    {
        Tag = (ulong)message.Id,
        Generation = generation,
        RoutingKey = message.RoutingKey,
        Redelivered = message.Redelivered,
        Headers = StoredHeaders.Read(message.Headers),
        Body = message.Body,
    };

    /// <summary>Until somebody of this process publishes or settles, or it is time to see what other processes did.</summary>
    private async Task WaitAsync(CancellationToken cancellation)
    {
        // Its timer belongs to the source: one of our own could fire into a source that is disposed already, which ends the process.
        using var time = new CancellationTokenSource(_pollInterval, _clock);
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        try
        {
            await _wake.Reader.ReadAsync(pause.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Time to look.
        }
    }
}
