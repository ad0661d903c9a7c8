using System.Diagnostics;
using Smi.Deid.Files;

namespace Smi.Extraction.Durability;

/// <summary>
/// Watches that a root is still the folder it was at start. A mount that went away leaves an empty folder behind, on another device; every
/// file would look missing then, and a whole extraction would be lost as "missing".
/// </summary>
internal sealed class RootGuard
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(0.5);

    private readonly string _setting;
    private readonly string _path;
    private readonly Lock _gate = new();
    private (ulong Device, ulong Inode)? _atStart;
    private string? _latest;
    private long _lookedAt;

    public RootGuard(string setting, string path)
    {
        _setting = setting;
        _path = path;
        FindObstacle();
    }

    /// <summary>What the latest look found; it is not older than half a second. For every message: a look costs as much as a small file does.</summary>
    public string? LatestObstacle()
    {
        lock (_gate)
        {
            if (Stopwatch.GetElapsedTime(_lookedAt) < LookInterval)
            {
                return _latest;
            }
        }

        return FindObstacle();
    }

    /// <summary>Looks, and says why nothing below this root can be trusted just now, or null.</summary>
    public string? FindObstacle()
    {
        var obstacle = Look();
        lock (_gate)
        {
            (_latest, _lookedAt) = (obstacle, Stopwatch.GetTimestamp());
        }

        return obstacle;
    }

    /// <summary>The root for confined paths; only while there is no obstacle.</summary>
    public ConfinedRoot Open(params IEnumerable<string> allowedTargets) => new(_path, allowedTargets);

    private string? Look()
    {
        if (NativeFile.Identify(_path) is not { } now)
        {
            return $"{_setting} ({_path}) is not there";
        }

        if (!Directory.EnumerateFileSystemEntries(_path).Any())
        {
            return $"{_setting} ({_path}) is empty; is it mounted?";
        }

        lock (_gate)
        {
            _atStart ??= now;
            return _atStart == now ? null : $"{_setting} ({_path}) is not the folder it was at start; is it mounted?";
        }
    }
}
