using Smi.Deid.Files;
using Smi.Extraction.Settings;
using Smi.Messaging.Messages;

namespace Smi.Extraction.Durability;

/// <summary>Finds the two files of a message below their roots, and says when the roots themselves cannot be trusted.</summary>
internal sealed class MessagePaths
{
    // 1 + 2 + 4 + 8 + 16 s: long enough for a folder that extract-images is just making, or a network file system that shows it late.
    private const int AttemptsForFolder = 6;

    private readonly RootGuard _fileSystemRoot;
    private readonly RootGuard _extractRoot;
    private readonly JobFolders _folders;
    private readonly Lazy<ConfinedRoot> _sources;

    public MessagePaths(FileSystemSettings files)
    {
        _fileSystemRoot = new("FileSystemRoot", files.FileSystemRoot);
        _extractRoot = new("ExtractRoot", files.ExtractRoot);
        _folders = new(_extractRoot);
        _sources = new(() => _fileSystemRoot.Open(files.AllowedSourceRoots));
    }

    /// <summary>The real path of the extract root; only while there is no obstacle.</summary>
    public string ExtractRoot => _extractRoot.Open().Path;

    /// <summary>Why no path can be trusted, as of half a second ago at the most.</summary>
    public string? LatestObstacle() => _fileSystemRoot.LatestObstacle() ?? _extractRoot.LatestObstacle();

    /// <summary>Why no path can be trusted now. A root that goes away makes every file look missing.</summary>
    public string? FindObstacle() => _fileSystemRoot.FindObstacle() ?? _extractRoot.FindObstacle();

    /// <summary>For a source that looks missing: throws when it is the root that is.</summary>
    /// <exception cref="IOException">A root went away meanwhile; nothing can be said about the file.</exception>
    public void CheckRoots()
    {
        if (FindObstacle() is { } obstacle)
        {
            throw new IOException(obstacle);
        }
    }

    /// <summary>Where the message's file is, and where it wants its output. Neither leaves its root by its name; links are for those who open the files.</summary>
    /// <param name="message">The message.</param>
    /// <param name="attempt">How often this message was looked at, from 1: a missing extraction directory is waited for, but not for ever.</param>
    public PathSearch Find(ExtractFileMessage message, int attempt)
    {
        if (_sources.Value.Find(message.DicomFilePath) is not { } source)
        {
            return new PathSearch.Refused("the source path leaves the file system root");
        }

        var folder = _folders.Find(message.Extraction, out var refusal);
        if (folder is null && refusal is null)
        {
            return attempt < AttemptsForFolder
                ? new PathSearch.NotYet(TimeSpan.FromSeconds(1 << (attempt - 1)))
                : new PathSearch.Refused("the extraction directory does not exist");
        }

        return folder?.Find(message.OutputPath) is { } output
            ? new PathSearch.Found(source, output)
            : new PathSearch.Refused(refusal ?? "the output path leaves the extraction directory");
    }
}
