using System.IO.Enumeration;

namespace Smi.Deid.Files;

/// <summary>
/// Walks a folder. What a link to a folder within the root leads to is met under its own path; a folder outside is walked into where the link is
/// followed, once however many links lead to it, so that circles end. A folder that cannot be read is given out with its fault, and the walk goes on.
/// </summary>
/// <param name="root">Of the walk, or around where it starts.</param>
/// <param name="follows">Asked of each link to a folder outside of the root.</param>
public sealed class FolderWalk(ConfinedRoot root, Func<string, bool> follows)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>All files, links to files among them.</summary>
    /// <param name="start">A folder below the root, or a link below it that is followed.</param>
    public IEnumerable<WalkedFile> Files(string start)
    {
        var outside = new HashSet<string>(StringComparer.Ordinal);
        var folders = new Stack<(string Path, string? Outside)>([(start, Outside(start))]);
        while (folders.TryPop(out var folder))
        {
            if (folder.Outside is { } real && (root.LiesAround(real) || !outside.Add(real)))
            {
                continue;
            }

            var inner = new List<(string Path, string? Outside)>();
            using var listing = new Listing(folder.Path);
            while (listing.Next() is var (path, isFolder, isLink))
            {
                if (!isFolder)
                {
                    yield return new WalkedFile(path, isLink);
                }
                else if (!isLink)
                {
                    inner.Add((path, folder.Outside is null ? null : $"{folder.Outside}/{Path.GetFileName(path)}"));
                }
                else if (Outside(path) is { } target && follows(path))
                {
                    inner.Add((path, target));
                }
            }

            if (listing.Fault is { } fault)
            {
                yield return new WalkedFile(folder.Path, IsLink: false, fault);
            }

            // In the order of names: of two links to one folder it is always the same one that is followed.
            foreach (var one in inner.OrderByDescending(one => one.Path, StringComparer.Ordinal))
            {
                folders.Push(one);
            }
        }
    }

    /// <summary>The real path of a folder that is not below the root itself.</summary>
    private string? Outside(string folder) => root.LiesAround(folder) ? null : RealPath.Of(folder);

    /// <summary>What stands in a folder, as far as it can be read.</summary>
    private sealed class Listing(string folder) : IDisposable
    {
        private IEnumerator<(string Path, bool IsFolder, bool IsLink)>? entries;

        public Exception? Fault { get; private set; }

        public (string Path, bool IsFolder, bool IsLink)? Next()
        {
            try
            {
                entries ??= Entries().GetEnumerator();
                return entries.MoveNext() ? entries.Current : null;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Fault = fault;
                return null;
            }
        }

        public void Dispose() => entries?.Dispose();

        private FileSystemEnumerable<(string Path, bool IsFolder, bool IsLink)> Entries() =>
            new(folder, (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.IsDirectory, entry.Attributes.HasFlag(FileAttributes.ReparsePoint)), Everything);
    }
}
