using System.Diagnostics;

namespace Smi.Deid.Tools.Processes;

/// <summary>A moment that something must be over by.</summary>
internal readonly struct Deadline(TimeSpan limit)
{
    private readonly long started = Stopwatch.GetTimestamp();

    public bool IsOver => Left <= TimeSpan.Zero;

    public TimeSpan Left => limit - Stopwatch.GetElapsedTime(started);

    /// <summary>Milliseconds until then, at most so many.</summary>
    public int Within(int most) => (int)Math.Clamp(Math.Ceiling(Left.TotalMilliseconds), 0, most);
}
