using System.IO.Enumeration;
using System.Runtime.ExceptionServices;
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
    private readonly List<string> _elsewhere = [];

    /// <summary>Links that the services would not follow: out of all roots, or to nothing. Relative to the root.</summary>
    public IReadOnlyList<string> Elsewhere => _elsewhere;

    /// <summary>Full names below the root, and the files that they lead to.</summary>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be read: an index that silently lacks it would lose files of extractions.</exception>
    public IEnumerable<(string Name, FileInfo File)> Files(string start)
    {
        foreach (var found in new FolderWalk(root, link => IsHeld(link, root.HoldsFolder)).Files(start))
        {
            if (found.Fault is { } fault)
            {
                ExceptionDispatchInfo.Throw(fault);
            }

            var file = found.IsLink ? TargetFile(found.Path) : new FileInfo(found.Path);
            if (file is not null && FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(found.Path), ignoreCase: false))
            {
                yield return (found.Path, file);
            }
        }
    }

    /// <summary>The file outside of the root that a link leads to; null when it is not followed.</summary>
    private FileInfo? TargetFile(string link)
    {
        var target = Target(link);
        return IsHeld(link, path => target is { Exists: true } && root.Holds(path)) && !root.LiesAround(link) ? target : null;
    }

    private bool IsHeld(string link, Func<ConfinedPath, bool> holds)
    {
        var path = root.FromWalk(link);
        if (holds(path))
        {
            return true;
        }

        _elsewhere.Add(path.Relative);
        return false;
    }

    private static FileInfo? Target(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true) as FileInfo;
        }
        catch (IOException)
        {
            // Links in a circle lead to nothing.
            return null;
        }
    }
}
