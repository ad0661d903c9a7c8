using Microsoft.Win32.SafeHandles;

namespace Smi.Deid.Files;

/// <summary>A folder that paths from messages and options are confined to. The folder itself may be a link; it is resolved once.</summary>
public sealed class ConfinedRoot
{
    private readonly string[] allowed;

    /// <param name="path">An existing folder.</param>
    /// <param name="allowedTargets">Other folders that links of this one may lead to.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    public ConfinedRoot(string path, params IEnumerable<string> allowedTargets)
    {
        Path = RealPath.Of(path);
        if (!Directory.Exists(Path))
        {
            throw new DirectoryNotFoundException($"the folder {path} does not exist");
        }

        allowed = [Path, .. allowedTargets.Select(RealPath.Of)];
    }

    /// <summary>Absolute, free of links.</summary>
    public string Path { get; }

    /// <summary>
    /// A path below the root from a relative one as messages have it: backslashes are separators, leading slashes are trimmed.
    /// Null when it is empty, holds a NUL, or would leave the root.
    /// </summary>
    public ConfinedPath? Find(string relative)
    {
        var parts = relative.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        return parts.Length == 0 || relative.Contains('\0', StringComparison.Ordinal) || parts.Contains("..")
            ? null
            : new ConfinedPath(this, string.Join('/', parts));
    }

    /// <summary>The path of a file that was found by walking through this folder; its name may hold any character.</summary>
    public ConfinedPath FromWalk(string fullPath) => new(this, System.IO.Path.GetRelativePath(Path, fullPath));

    /// <summary>True when the file is really under the root, or under one of the folders that links may lead to.</summary>
    public bool Holds(ConfinedPath path) => allowed.Any(root => IsBelow(RealPath.Of(path.FullPath), root));

    /// <summary>The same of a folder, which may also be one of those that links may lead to.</summary>
    public bool HoldsFolder(ConfinedPath path) => RealPath.Of(path.FullPath) is var real && Array.Exists(allowed, root => real == root || IsBelow(real, root));

    /// <summary>The same of a file that is open: nobody can put a link in its way any more.</summary>
    public bool Holds(ConfinedPath path, SafeFileHandle opened)
    {
        var real = new FileInfo($"/proc/self/fd/{opened.DangerousGetHandle()}").LinkTarget;
        // The kernel's name of a file that was deleted meanwhile tells nothing.
        return real is null || real.EndsWith(" (deleted)", StringComparison.Ordinal) ? Holds(path) : Array.Exists(allowed, root => IsBelow(real, root));
    }

    /// <summary>True when the path, links resolved, is this folder or lies below it; it need not exist.</summary>
    public bool LiesAround(string path) => RealPath.Of(path) is var real && (real == Path || IsBelow(real, Path));

    /// <summary>True when no part of the path below the root is a link; parts that do not exist yet are none.</summary>
    public bool IsFreeOfLinks(ConfinedPath path)
    {
        var current = Path;
        foreach (var part in path.Relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            current = System.IO.Path.Combine(current, part);
            if (new FileInfo(current).LinkTarget is not null)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(root.EndsWith('/') ? root : root + "/", StringComparison.Ordinal);
}
