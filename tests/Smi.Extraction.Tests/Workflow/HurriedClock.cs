namespace Smi.Extraction.Tests.Workflow;

/// <summary>Whoever waits by this clock waits a hundredth of the time.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private const int Hurry = 100;

    public override long GetTimestamp() => System.GetTimestamp() * Hurry;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Shorten(dueTime), Shorten(period));

    private static TimeSpan Shorten(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Hurry;
}
