using System.IO.Enumeration;

namespace Smi.Anonymise;

/// <summary>
/// Walks IN. Links to folders are not walked into; links to files are given out, and refused later when they lead out of IN. A folder that
/// cannot be read is given out with its trouble, and the walk goes on.
/// </summary>
internal static class InputFiles
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public static IEnumerable<InputFile> In(string root)
    {
        var pending = new Stack<string>([root]);
        while (pending.TryPop(out var folder))
        {
            var (files, folders, trouble) = List(folder);
            foreach (var below in folders)
            {
                pending.Push(below);
            }

            foreach (var file in files)
            {
                // .NET reads names as UTF-8; by such a name the file cannot be found again.
                yield return new InputFile(file, file.Contains('\uFFFD', StringComparison.Ordinal) && !File.Exists(file) ? "the file's name is not valid UTF-8; rename it" : null);
            }

            if (trouble is not null)
            {
                yield return new InputFile(folder, trouble);
            }
        }
    }

    private static (List<string> Files, List<string> Folders, string? Trouble) List(string folder)
    {
        var (files, folders) = (new List<string>(), new List<string>());
        try
        {
            foreach (var (path, isFolder) in Entries(folder))
            {
                (isFolder ? folders : files).Add(path);
            }

            return (files, folders, null);
        }
        catch (UnauthorizedAccessException)
        {
            return (files, folders, "the folder may not be read");
        }
        catch (IOException)
        {
            return (files, folders, "the folder could not be read to its end");
        }
    }

    private static FileSystemEnumerable<(string Path, bool IsFolder)> Entries(string folder) =>
        new(folder, (ref FileSystemEntry entry) => (entry.ToFullPath(), IsFolder(ref entry)), Everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || IsFolder(ref entry),
        };

    private static bool IsFolder(ref FileSystemEntry entry) => entry.IsDirectory && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
