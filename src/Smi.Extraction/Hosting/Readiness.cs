using System.Collections.Concurrent;

namespace Smi.Extraction.Hosting;

/// <summary>Why a process is not ready, by whoever says so; ready when nobody says anything.</summary>
public sealed class Readiness
{
    private readonly ConcurrentDictionary<string, string> _obstacles = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Obstacles => [.. _obstacles.Values];

    public void Report(string who, string? obstacle)
    {
        if (obstacle is null)
        {
            _obstacles.TryRemove(who, out _);
        }
        else
        {
            _obstacles[who] = obstacle;
        }
    }
}
