namespace Smi.Extraction.Durability;

/// <summary>
/// Makes files and their names durable. Where the kernel reports errors of a whole file system (Linux 5.8, local disks) one flush serves a
/// batch; on network file systems every file is flushed by itself.
/// </summary>
internal sealed class Flusher : IDisposable
{
    // NFS, SMB, SMB2, CIFS, FUSE, 9P: what these keep for later is not in the kernel's hands.
    private static readonly long[] Remote = [0x6969, 0x517B, 0xFE534D42, 0xFF534D42, 0x65735546, 0x01021997];

    private readonly string _root;
    private readonly int? _fileSystem;

    public Flusher(string root)
    {
        _root = root;
        if (FlushesWhole(NativeFile.FileSystemType(root), Environment.OSVersion.Version))
        {
            // Opened before the first write: only errors that come after the opening are reported through a descriptor.
            _fileSystem = NativeFile.OpenFolder(root);
        }
    }

    /// <summary>For the start line.</summary>
    public string Description => _fileSystem is null ? "one flush per file" : "one flush per batch";

    public static bool FlushesWhole(long fileSystemType, Version kernel) =>
        !Remote.Contains(fileSystemType & 0xFFFFFFFF) && kernel >= new Version(5, 8);

    /// <summary>The contents of these files are on disk when this returns.</summary>
    public void FlushContents(IEnumerable<string> files)
    {
        if (_fileSystem is { } descriptor)
        {
            NativeFile.FlushFileSystem(descriptor);
            return;
        }

        foreach (var file in files)
        {
            FlushOne(NativeFile.OpenForFlush(file));
        }
    }

    /// <summary>The names of these files are on disk when this returns, and those of the folders that lead to them from the root.</summary>
    public void FlushNames(IEnumerable<string> files)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            for (var folder = Path.GetDirectoryName(file); folder is not null && folders.Add(folder) && folder != _root; folder = Path.GetDirectoryName(folder))
            {
            }
        }

        foreach (var folder in folders)
        {
            FlushOne(NativeFile.OpenFolder(folder));
        }
    }

    public void Dispose()
    {
        if (_fileSystem is { } descriptor)
        {
            NativeFile.Close(descriptor);
        }
    }

    private static void FlushOne(int descriptor)
    {
        try
        {
            NativeFile.Flush(descriptor);
        }
        finally
        {
            NativeFile.Close(descriptor);
        }
    }
}
