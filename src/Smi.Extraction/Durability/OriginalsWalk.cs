using System.IO.Enumeration;
using Smi.Deid.Files;

namespace Smi.Extraction.Durability;

/// <summary>
/// Walks the originals. Links that lead to other volumes are followed where the services follow them too, below the allowed source
/// roots; each folder there is walked once, so that links in a circle end. What a link within the root leads to is met under its own path.
/// </summary>
/// <param name="root">The file system root, with the folders that links may lead to.</param>
/// <param name="pattern">Names of the files that are wanted.</param>
internal sealed class OriginalsWalk(ConfinedRoot root, string pattern)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    // Real paths of folders outside of the root.
    private readonly HashSet<string> _walked = new(StringComparer.Ordinal);
    private readonly List<string> _elsewhere = [];

    /// <summary>Links that the services would not follow: out of all roots, or to nothing. Relative to the root.</summary>
    public IReadOnlyList<string> Elsewhere => _elsewhere;

    /// <summary>Full names below the root, and the files that they lead to.</summary>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be read: an index that silently lacks it would lose files of extractions.</exception>
    public IEnumerable<(string Name, FileInfo File)> Files(string start)
    {
        var folders = new Stack<(string Name, string? Outside)>([(start, Outside(start))]);
        while (folders.TryPop(out var folder))
        {
            if (folder.Outside is { } real && !_walked.Add(real))
            {
                continue;
            }

            var inner = new List<(string Name, string? Outside)>();
            foreach (var entry in new DirectoryInfo(folder.Name).EnumerateFileSystemInfos("*", Everything))
            {
                var target = Target(entry);
                if (target is FileInfo file && FileSystemName.MatchesSimpleExpression(pattern, entry.Name, ignoreCase: false))
                {
                    yield return (entry.FullName, file);
                }
                else if (target is DirectoryInfo)
                {
                    inner.Add((entry.FullName, OutsideOf(entry, target, folder.Outside)));
                }
            }

            // In the order of names: of two links to one folder it is always the same one that is followed.
            foreach (var one in inner.OrderByDescending(one => one.Name, StringComparer.Ordinal))
            {
                folders.Push(one);
            }
        }
    }

    /// <summary>The entry itself, or what the link leads to; null when it is not followed.</summary>
    private FileSystemInfo? Target(FileSystemInfo entry)
    {
        if (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return entry;
        }

        var path = root.FromWalk(entry.FullName);
        if (Follow(entry) is not { Exists: true } target || !(target is DirectoryInfo ? root.HoldsFolder(path) : root.Holds(path)))
        {
            _elsewhere.Add(path.Relative);
            return null;
        }

        return root.LiesAround(entry.FullName) ? null : target;
    }

    private static FileSystemInfo? Follow(FileSystemInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true);
        }
        catch (IOException)
        {
            // Links in a circle lead to nothing.
            return null;
        }
    }

    private string? OutsideOf(FileSystemInfo entry, FileSystemInfo target, string? outside) =>
        !ReferenceEquals(entry, target) ? Outside(entry.FullName) : outside is null ? null : $"{outside}/{entry.Name}";

    /// <summary>The real path of a folder that is not below the root itself.</summary>
    private string? Outside(string folder) => root.LiesAround(folder) ? null : new ConfinedRoot(folder).Path;
}
