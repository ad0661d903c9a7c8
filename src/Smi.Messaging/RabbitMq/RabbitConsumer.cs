using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Smi.Messaging.Brokers;

namespace Smi.Messaging.RabbitMq;

/// <summary>
/// Keeps consuming one queue across lost channels and connections. The watching loop owns the current generation: it opens it, sees it
/// end, and opens the next.
/// </summary>
internal sealed partial class RabbitConsumer : IMessageConsumer
{
    private readonly RabbitConnector _connector;
    private readonly RabbitOptions _options;
    private readonly ConsumerSpecification _specification;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Func<CancellationToken, Task> _recheckTopology;
    private readonly Channel<Delivery> _deliveries;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _pausing = new(1, 1);
    private Task _watching = Task.CompletedTask;
    private volatile ConsumerChannel? _current;
    private long _generation;
    private bool _paused;
    private bool _disposed;

    public RabbitConsumer(
        RabbitConnector connector, RabbitOptions options, ConsumerSpecification specification, TimeProvider clock, ILogger log,
        Func<CancellationToken, Task> recheckTopology)
    {
        _connector = connector;
        _options = options;
        _specification = specification;
        _clock = clock;
        _log = log;
        _recheckTopology = recheckTopology;
        _deliveries = Channel.CreateBounded<Delivery>(Math.Max((int)specification.Prefetch, 1));
    }

    public string Queue => _specification.Queue;

    public bool IsTransient => _specification.Transient is not null;

    public ChannelReader<Delivery> Deliveries => _deliveries.Reader;

    /// <summary>Why nothing is consumed at the moment; null while all is well, or paused on purpose.</summary>
    public string? Complaint { get; private set; }

    public async Task StartAsync(CancellationToken cancellation)
    {
        await OpenAsync(cancellation);
        _watching = WatchAsync(_closing.Token);
    }

    public async Task SettleAsync(IReadOnlyList<Delivery> deliveries, Settlement settlement, CancellationToken cancellation)
    {
        var generation = Interlocked.Read(ref _generation);
        var tags = deliveries.Where(delivery => delivery.Generation == generation).Select(delivery => delivery.Tag).ToList();
        if (_specification.AutoAck || tags.Count == 0 || _current is not { } channel)
        {
            return;
        }

        try
        {
            await channel.SettleAsync(tags, settlement, cancellation);
        }
        catch (Exception fault) when (RabbitFaults.IsConnectionLoss(fault))
        {
            LogLost(_log, tags.Count, Queue);
        }
    }

    public async Task PauseAsync(CancellationToken cancellation)
    {
        await _pausing.WaitAsync(cancellation);
        try
        {
            _paused = true;
            if (_current is { } channel)
            {
                await channel.CancelAsync(cancellation);
            }
        }
        catch (Exception fault) when (RabbitFaults.IsConnectionLoss(fault))
        {
            // Nothing is consumed on a lost channel; the next generation starts paused.
        }
        finally
        {
            _pausing.Release();
        }
    }

    public async Task ResumeAsync(CancellationToken cancellation)
    {
        await _pausing.WaitAsync(cancellation);
        try
        {
            _paused = false;
            if (_current is { } channel)
            {
                await channel.ConsumeAsync(cancellation);
            }
        }
        catch (Exception fault) when (RabbitFaults.IsConnectionLoss(fault))
        {
            // The next generation starts consuming.
        }
        finally
        {
            _pausing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _closing.CancelAsync();
        await _watching;
        await CloseCurrentAsync();
        _deliveries.Writer.TryComplete();
        _closing.Dispose();
        _pausing.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        var connection = await _connector.ConnectAsync(cancellation);
        var generation = Interlocked.Increment(ref _generation);
        DiscardStale();
        var channel = await ConsumerChannel.OpenAsync(connection, _specification, _deliveries.Writer, generation, cancellation);
        await _pausing.WaitAsync(cancellation);
        try
        {
            _current = channel;
            if (!_paused)
            {
                await channel.ConsumeAsync(cancellation);
            }
        }
        finally
        {
            _pausing.Release();
        }

        Complaint = null;
    }

    // What the broker took back will come again; working on it now would be work for nothing.
    private void DiscardStale()
    {
        while (_deliveries.Reader.TryRead(out _))
        {
        }
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                Complaint = await WaitForFaultAsync(cancellation);
                LogReopening(_log, Complaint);
                await CloseCurrentAsync();
                await ReopenAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The consumer is being closed.
        }
    }

    private async Task<string> WaitForFaultAsync(CancellationToken cancellation)
    {
        var channel = _current ?? throw new InvalidOperationException("no generation is open");
        while (true)
        {
            using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var next = Task.Delay(_options.WatchdogInterval, _clock, tick.Token);
            if (await Task.WhenAny(channel.Ended, next) == channel.Ended)
            {
                await tick.CancelAsync();
                return await channel.Ended;
            }

            await next;
            if (await AskBrokerAsync(channel, cancellation) is { } fault)
            {
                return fault;
            }
        }
    }

    private async Task<string?> AskBrokerAsync(ConsumerChannel channel, CancellationToken cancellation)
    {
        try
        {
            return await channel.FindFaultAsync(await _connector.ConnectAsync(cancellation), cancellation);
        }
        catch (Exception fault) when (fault is BrokerException || RabbitFaults.IsConnectionLoss(fault))
        {
            return $"the broker does not answer for {Queue}: {fault.Message}";
        }
    }

    private async Task ReopenAsync(CancellationToken cancellation)
    {
        var delay = _options.FirstRetryDelay;
        while (true)
        {
            try
            {
                await _connector.ConnectPatientlyAsync(cancellation);
                await _recheckTopology(cancellation);
                await OpenAsync(cancellation);
                LogReopened(_log, Queue);
                return;
            }
            catch (Exception fault) when (fault is BrokerException || RabbitFaults.IsConnectionLoss(fault))
            {
                Complaint = fault.Message;
                LogNotYet(_log, fault.Message, delay.TotalSeconds);
            }

            await Task.Delay(delay, _clock, cancellation);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, _options.LongestRetryDelay.Ticks));
        }
    }

    private async Task CloseCurrentAsync()
    {
        if (_current is { } channel)
        {
            _current = null;
            await channel.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} deliveries of {Queue} could not be settled: the channel was lost and they come again")]
    private static partial void LogLost(ILogger log, int count, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Complaint}; opening it anew")]
    private static partial void LogReopening(ILogger log, string complaint);

    [LoggerMessage(Level = LogLevel.Information, Message = "Consuming {Queue} again")]
    private static partial void LogReopened(ILogger log, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Complaint}; trying again in {Seconds} s")]
    private static partial void LogNotYet(ILogger log, string complaint, double seconds);
}
