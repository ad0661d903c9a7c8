namespace Smi.Extraction.Durability;

/// <summary>Lets any number of workers in together, or one alone.</summary>
internal sealed class WorkGate(int workers) : IDisposable
{
    private readonly SemaphoreSlim _permits = new(workers, workers);
    private readonly SemaphoreSlim _alone = new(1, 1);

    public async Task<IDisposable> EnterAsync(bool alone, CancellationToken cancellation)
    {
        if (!alone)
        {
            await _permits.WaitAsync(cancellation);
            return new Exit(_permits, 1);
        }

        // One at a time may gather all permits, or two would wait for each other's.
        await _alone.WaitAsync(cancellation);
        var gathered = 0;
        try
        {
            for (; gathered < workers; gathered++)
            {
                await _permits.WaitAsync(cancellation);
            }

            return new Exit(_permits, workers);
        }
        catch (OperationCanceledException) when (gathered > 0)
        {
            _permits.Release(gathered);
            throw;
        }
        finally
        {
            _alone.Release();
        }
    }

    public void Dispose()
    {
        _permits.Dispose();
        _alone.Dispose();
    }

    private sealed class Exit(SemaphoreSlim permits, int count) : IDisposable
    {
        public void Dispose() => permits.Release(count);
    }
}
