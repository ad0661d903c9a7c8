using System.IO.Enumeration;
using Smi.Deid.Files;

namespace Smi.Anonymise;

/// <summary>Walks a folder. A folder below it that cannot be read is given out with its trouble, and the walk goes on.</summary>
internal static class InputFiles
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>As IN is walked: links to folders are not walked into; links to files are given out, and refused later when they lead out of IN.</summary>
    public static IEnumerable<InputFile> In(string root) => Walk(root, throughLinks: false);

    /// <summary>Links to folders are walked into, each real folder once: under its own path where it has one below the root, so that circles end.</summary>
    public static IEnumerable<InputFile> ThroughLinks(string root) => Walk(root, throughLinks: true);

    private static IEnumerable<InputFile> Walk(string root, bool throughLinks)
    {
        var pending = new Stack<string>([root]);
        var links = new Queue<string>();
        var walked = new HashSet<string>(StringComparer.Ordinal);
        while (pending.TryPop(out var folder) || links.TryDequeue(out folder))
        {
            if (throughLinks && !walked.Add(new ConfinedRoot(folder).Path))
            {
                continue;
            }

            var (files, folders, trouble) = List(folder);
            foreach (var below in folders)
            {
                if (!below.IsLink)
                {
                    pending.Push(below.Path);
                }
                else if (throughLinks)
                {
                    links.Enqueue(below.Path);
                }
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

    private static (List<string> Files, List<(string Path, bool IsLink)> Folders, string? Trouble) List(string folder)
    {
        var (files, folders) = (new List<string>(), new List<(string Path, bool IsLink)>());
        try
        {
            foreach (var entry in Entries(folder))
            {
                if (entry.IsFolder)
                {
                    folders.Add((entry.Path, entry.IsLink));
                }
                else
                {
                    files.Add(entry.Path);
                }
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

    private static FileSystemEnumerable<(string Path, bool IsFolder, bool IsLink)> Entries(string folder) =>
        new(folder, (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.IsDirectory, entry.Attributes.HasFlag(FileAttributes.ReparsePoint)), Everything);
}
