using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Smi.Extraction.Hosting;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Extraction.Pipeline;

/// <summary>
/// Deliveries in, batches out: a pump moves deliveries to the workers, workers hand results to the one finisher, and the finisher makes
/// each batch durable, publishes and acknowledges it. Nothing is acknowledged before its batch is finished; what is not acknowledged
/// when this ends is delivered again.
/// </summary>
internal sealed partial class BatchPipeline<TWork> where TWork : class
{
    private readonly IBatchHandler<TWork> _handler;
    private readonly BatchLimits _limits;
    private readonly ServiceContext _context;
    private readonly string _name;
    private readonly ILogger _log;
    private readonly Channel<InFlight> _work = Channel.CreateUnbounded<InFlight>();

    // A null says that nothing is in work any more, so that the finisher does not wait for what cannot come.
    private readonly Channel<Finished?> _done = Channel.CreateUnbounded<Finished?>();
    private readonly ConcurrentDictionary<Task, bool> _waiting = [];
    private volatile bool _stopping;
    private int _busy;
    private int _blocking;

    public BatchPipeline(IBatchHandler<TWork> handler, BatchLimits limits, ServiceContext context, string name)
    {
        _handler = handler;
        _limits = limits;
        _context = context;
        _name = name;
        _log = context.Logs.CreateLogger(name);
    }

    /// <summary>Runs until stopped, then finishes what is in work, within the time that is allowed for it.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await WaitForObstacleToGoAsync(stop);
        await using var consumer = await _context.Broker.OpenConsumerAsync(_limits.Consumer, stop);
        using var hard = new CancellationTokenSource();
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var finishing = GuardAsync(FinishAllAsync(consumer, hard.Token), failing);
        var workers = Enumerable.Range(0, _limits.Parallelism)
            .Select(_ => GuardAsync(Task.Run(() => WorkAsync(consumer, failing.Token, hard.Token), CancellationToken.None), failing)).ToList();

        await PumpAsync(consumer, failing.Token);
        _stopping = true;
        await consumer.PauseAsync(CancellationToken.None);
        hard.CancelAfter(_limits.ShutdownTimeout);
        await Task.WhenAll(_waiting.Keys);
        _work.Writer.Complete();
        try
        {
            await Task.WhenAll(workers);
        }
        finally
        {
            _done.Writer.Complete();
            await EndAsync(finishing);
        }
    }

    /// <summary>A fault in any loop stops them all; it is reported when that loop is awaited.</summary>
    private static async Task GuardAsync(Task loop, CancellationTokenSource failing)
    {
        try
        {
            await loop;
        }
        catch
        {
            await failing.CancelAsync();
            throw;
        }
    }

    private async Task PumpAsync(IMessageConsumer consumer, CancellationToken stop)
    {
        try
        {
            await foreach (var delivery in consumer.Deliveries.ReadAllAsync(stop))
            {
                Interlocked.Increment(ref _busy);
                _context.Metrics.InFlight.Add(1);
                if (_log.IsEnabled(LogLevel.Debug))
                {
                    var message = MessageNames.Of(delivery);
                    LogReceived(_log, message, _limits.Consumer.Queue);
                }

                await _work.Writer.WriteAsync(new(delivery, _context.Clock.GetTimestamp()), CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task WorkAsync(IMessageConsumer consumer, CancellationToken stop, CancellationToken hard)
    {
        await foreach (var item in _work.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (_stopping || stop.IsCancellationRequested || hard.IsCancellationRequested || MayHold(item) <= TimeSpan.Zero)
            {
                await GiveBackAsync(consumer, item);
                continue;
            }

            await WorkOnAsync(consumer, item, stop, hard);
        }
    }

    private async Task WorkOnAsync(IMessageConsumer consumer, InFlight item, CancellationToken stop, CancellationToken hard)
    {
        if (_handler.FindObstacle() is not null)
        {
            await GiveBackAsync(consumer, item);
            await BlockAsync(consumer, stop);
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(hard);
        patience.CancelAfter(TimeSpan.FromTicks(Math.Max(1, MayHold(item).Ticks)));
        try
        {
            item.Attempts++;
            var result = await _handler.WorkAsync(item.Open(_name, _limits.Consumer.Queue), item.Attempts, patience.Token);
            switch (result)
            {
                case WorkResult<TWork>.Done done:
                    await HandOnAsync(item, done.Work);
                    break;
                case WorkResult<TWork>.Later later:
                    WaitWith(item, later.Delay, stop);
                    break;
            }
        }
        catch (MalformedMessageException fault)
        {
            await RejectAsync(consumer, item, fault);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            await GiveBackAsync(consumer, item);
        }
        catch (Exception fault) when (fault is not UnroutableMessageException)
        {
            // The stage boundary: whatever a file or a tool makes our code throw is a fault of ours, and the message is tried again.
            await TryAgainAsync(item, fault, stop);
        }
    }

    private async Task TryAgainAsync(InFlight item, Exception fault, CancellationToken stop)
    {
        var isOfTheMachine = Faults.IsOfTheMachine(fault);
        _context.Metrics.Retries.Add(1, Faults.Name(fault));
        item.Span?.AddEvent(new ActivityEvent("retry", tags: new() { ["smi.fault"] = Faults.Name(fault) }));
        if (isOfTheMachine)
        {
            item.MachineFaults++;
            item.Attempts--;
        }
        else
        {
            item.OwnFaults++;
        }

        if (item.OwnFaults >= _limits.MaxAttempts && _handler.GiveUp(item.Open(_name, _limits.Consumer.Queue), fault) is { } last)
        {
            LogGivenUp(_log, item.OwnFaults, Faults.Name(fault), fault.StackTrace);
            await HandOnAsync(item, last);
            return;
        }

        var delay = _limits.DelayAfter(item.OwnFaults + item.MachineFaults);
        LogRetry(_log, Faults.Name(fault), fault.HResult, item.Attempts, delay.TotalSeconds);
        WaitWith(item, delay, stop);
    }

    private async Task HandOnAsync(InFlight item, TWork work)
    {
        await _done.Writer.WriteAsync(new(item, work), CancellationToken.None);
        Leave();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _busy) == 0)
        {
            _done.Writer.TryWrite(null);
        }
    }

    /// <summary>This delivery waits without keeping a worker; a stop ends all waits, and the worker then gives it back.</summary>
    private void WaitWith(InFlight item, TimeSpan delay, CancellationToken stop)
    {
        var wait = WaitAsync(item, delay, stop);
        _waiting[wait] = true;
        _ = wait.ContinueWith(done => _waiting.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task WaitAsync(InFlight item, TimeSpan delay, CancellationToken stop)
    {
        // Others need not wait for this one: it is not what could still arrive.
        Leave();
        try
        {
            await Task.Delay(delay, _context.Clock, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Given back by the worker that takes it.
        }

        Interlocked.Increment(ref _busy);
        await _work.Writer.WriteAsync(item, CancellationToken.None);
    }

    private async Task GiveBackAsync(IMessageConsumer consumer, InFlight item)
    {
        Leave();
        await SettleAsync(consumer, [item], Settlement.Return, "returned");
    }

    private async Task RejectAsync(IMessageConsumer consumer, InFlight item, MalformedMessageException fault)
    {
        Leave();
        LogRejected(_log, MessageNames.Of(item.Delivery), fault.Message);
        await SettleAsync(consumer, [item], Settlement.Reject, "rejected");
    }

    private async Task SettleAsync(IMessageConsumer consumer, List<InFlight> items, Settlement settlement, string name)
    {
        _context.Metrics.Messages.Add(items.Count, name);
        _context.Metrics.InFlight.Add(-items.Count);
        await consumer.SettleAsync(items.ConvertAll(item => item.Delivery), settlement, CancellationToken.None);
        items.ForEach(item => item.End(name));
    }

    /// <summary>One worker waits until the obstacle is gone, with the consumer paused; the others give back what they still get.</summary>
    private async Task BlockAsync(IMessageConsumer consumer, CancellationToken stop)
    {
        if (Interlocked.Exchange(ref _blocking, 1) == 1)
        {
            return;
        }

        try
        {
            await consumer.PauseAsync(stop);
            await WaitForObstacleToGoAsync(stop);
            await consumer.ResumeAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            Volatile.Write(ref _blocking, 0);
        }
    }

    private async Task WaitForObstacleToGoAsync(CancellationToken stop)
    {
        var who = _limits.Consumer.Queue;
        while (_handler.FindObstacle() is { } obstacle)
        {
            _context.Readiness.Report(who, obstacle);
            LogObstacle(_log, obstacle);
            await Task.Delay(_limits.ObstacleInterval, _context.Clock, stop);
        }

        _context.Readiness.Report(who, null);
    }

    private TimeSpan MayHold(InFlight item) => _limits.LongestHold - _context.Clock.GetElapsedTime(item.ReceivedAt);
}
