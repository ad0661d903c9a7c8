using System.Diagnostics;

namespace Smi.Tests.Crash;

/// <summary>Waits for something that other processes do.</summary>
internal static class Patience
{
    /// <summary>False when it did not happen in time.</summary>
    public static async Task<bool> UntilAsync(Func<bool> condition, TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > patience)
            {
                return false;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        return true;
    }
}
