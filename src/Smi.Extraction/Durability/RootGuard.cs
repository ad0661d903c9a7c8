using Smi.Deid.Files;

namespace Smi.Extraction.Durability;

/// <summary>
/// Watches that a root is still the folder it was at start. A mount that went away leaves an empty folder behind, on another device; every
/// file would look missing then, and a whole extraction would be lost as "missing".
/// </summary>
internal sealed class RootGuard
{
    private readonly string _setting;
    private readonly string _path;
    private readonly Lock _gate = new();
    private (ulong Device, ulong Inode)? _atStart;

    public RootGuard(string setting, string path)
    {
        _setting = setting;
        _path = path;
        FindObstacle();
    }

    /// <summary>Why nothing below this root can be trusted just now, or null.</summary>
    public string? FindObstacle()
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

    /// <summary>The root for confined paths; only while there is no obstacle.</summary>
    public ConfinedRoot Open(params IEnumerable<string> allowedTargets) => new(_path, allowedTargets);
}
