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

    /// <summary>The source, or null when the path leaves the file system root.</summary>
    public ConfinedPath? FindSource(ExtractFileMessage message) => _sources.Value.Find(message.DicomFilePath);

    /// <summary>Where the message wants its file.</summary>
    /// <param name="attempt">How often this message was looked at, from 1: a missing extraction directory is waited for, but not for ever.</param>
    public OutputSearch FindOutput(ExtractFileMessage message, int attempt)
    {
        var folder = _folders.Find(message.Extraction, out var refusal);
        if (folder is null && refusal is null)
        {
            return attempt < AttemptsForFolder
                ? new OutputSearch.NotYet(TimeSpan.FromSeconds(1 << (attempt - 1)))
                : new OutputSearch.Refused("the extraction directory does not exist");
        }

        return folder?.Find(message.OutputPath) is { } output
            ? new OutputSearch.Found(output)
            : new OutputSearch.Refused(refusal ?? "the output path leaves the extraction directory");
    }
}
