namespace Smi.Messaging.Tests;

/// <summary>Holds whoever asks for the time until it is told to go on: a delivery that has left the broker and was not yet taken note of.</summary>
internal sealed class StoppingClock : TimeProvider, IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _mayGoOn = new();

    public Task Asked => _asked.Task;

    public void GoOn() => _mayGoOn.Set();

    public override DateTimeOffset GetUtcNow()
    {
        _asked.TrySetResult();
        Assert.True(_mayGoOn.Wait(TimeSpan.FromSeconds(60), CancellationToken.None));
        return base.GetUtcNow();
    }

    public void Dispose() => _mayGoOn.Dispose();
}
