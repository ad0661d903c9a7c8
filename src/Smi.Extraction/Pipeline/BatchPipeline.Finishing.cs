using System.Diagnostics;
using Smi.Extraction.Tracing;
using Smi.Messaging.Brokers;

namespace Smi.Extraction.Pipeline;

/// <content>The finisher: gathers results into batches, has each made durable and published, and acknowledges it.</content>
internal sealed partial class BatchPipeline<TWork>
{
    private async Task FinishAllAsync(IMessageConsumer consumer, CancellationToken hard)
    {
        var failures = 0;
        while (await _done.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = await GatherAsync();
            if (batch.Count == 0)
            {
                continue;
            }

            failures = await FinishAsync(consumer, batch, hard) ? 0 : failures + 1;
            if (failures > 0 && !_stopping)
            {
                await Task.Delay(_limits.DelayAfter(failures), _context.Clock, CancellationToken.None);
            }
        }
    }

    /// <summary>Waits for the finisher. What it left, because it could not go on, is given up: the broker delivers it again.</summary>
    private async Task EndAsync(Task finishing)
    {
        try
        {
            await finishing;
        }
        finally
        {
            while (_done.Reader.TryRead(out var left))
            {
                (left?.Work as IDisposable)?.Dispose();
                left?.Item.End("unsettled");
            }
        }
    }

    /// <summary>All that is done, until the batch is full, its time is up, or nothing more can come.</summary>
    private async Task<List<Finished>> GatherAsync()
    {
        var batch = new List<Finished>();
        using var timeout = new CancellationTokenSource(_limits.BatchTimeout, _context.Clock);
        while (batch.Count < _limits.BatchSize)
        {
            if (_done.Reader.TryRead(out var finished))
            {
                batch.AddRange(finished is null ? [] : [finished]);
                continue;
            }

            if (Volatile.Read(ref _busy) == 0 || timeout.IsCancellationRequested || !await MoreAsync(timeout.Token))
            {
                break;
            }
        }

        return batch;
    }

    private async Task<bool> MoreAsync(CancellationToken timeout)
    {
        try
        {
            return await _done.Reader.WaitToReadAsync(timeout);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>True when the batch is finished and acknowledged; otherwise all of it is given back.</summary>
    private async Task<bool> FinishAsync(IMessageConsumer consumer, List<Finished> batch, CancellationToken hard)
    {
        var (items, queue) = (batch.ConvertAll(finished => finished.Item), _limits.Consumer.Queue);
        using var span = Spans.OfBatch(_name, queue, items.Count, [.. items.Select(item => item.Span).OfType<Activity>()]);
        try
        {
            await _handler.FinishAsync(batch.ConvertAll(finished => finished.Work), hard);
            await SettleAsync(consumer, items, Settlement.Acknowledge, "acknowledged");
            LogFinished(_log, items.Count, queue);
            _context.Metrics.BatchSizes.Observe(items.Count, queue);
            return true;
        }
        catch (Exception fault) when (fault is not UnroutableMessageException)
        {
            // Nothing of the batch is acknowledged, so nothing is lost whatever went wrong; a replay gives the same files and answers.
            _context.Metrics.Retries.Add(batch.Count, Faults.Name(fault));
            LogBatchFailed(_log, batch.Count, Faults.Name(fault), fault is BrokerException ? fault.Message : "");
            span?.SetStatus(ActivityStatusCode.Error, Faults.Name(fault));
            await SettleAsync(consumer, items, Settlement.Return, "returned");
            return false;
        }
        finally
        {
            batch.ForEach(finished => (finished.Work as IDisposable)?.Dispose());
        }
    }

    private sealed class Finished(InFlight item, TWork work)
    {
        public InFlight Item => item;

        public TWork Work => work;
    }
}
