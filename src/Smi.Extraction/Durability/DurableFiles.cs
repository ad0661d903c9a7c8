namespace Smi.Extraction.Durability;

/// <summary>
/// Makes the files of a batch durable, contents first, then names: a name never stands for bytes that a crash could take away. Used by one caller at
/// a time.
/// </summary>
internal sealed class DurableFiles(MessagePaths paths, OutputPermissions permissions) : IDisposable
{
    // Only while there is no obstacle is the extract root to be had.
    private readonly Lazy<Flusher> _flusher = new(() => new Flusher(paths.ExtractRoot));

    /// <summary>For the start line.</summary>
    public string Description => _flusher.Value.Description;

    /// <summary>Before the first of these files gets its name: their permissions are given and their contents are on disk.</summary>
    public void FlushContents(IReadOnlyList<string> parts)
    {
        foreach (var part in parts)
        {
            permissions.Give(part);
        }

        if (parts.Count > 0)
        {
            _flusher.Value.FlushContents(parts);
        }
    }

    /// <summary>After the last of these files got its name: the names are on disk.</summary>
    public void FlushNames(IReadOnlyList<string> files)
    {
        if (files.Count > 0)
        {
            _flusher.Value.FlushNames(files);
        }
    }

    public void Dispose()
    {
        if (_flusher.IsValueCreated)
        {
            _flusher.Value.Dispose();
        }
    }
}
