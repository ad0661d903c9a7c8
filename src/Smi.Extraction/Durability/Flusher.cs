namespace Smi.Extraction.Durability;

/// <summary>
/// Makes files and their names durable. Where the kernel reports errors of a whole file system (Linux 5.8, local disks) one flush per file
/// system serves a batch; on network file systems every file and every folder is flushed by itself. Used by one caller at a time.
/// </summary>
internal sealed class Flusher : IDisposable
{
    // NFS, SMB, SMB2, CIFS, FUSE, 9P: what these keep for later is not in the kernel's hands.
    private static readonly long[] Remote = [0x6969, 0x517B, 0xFE534D42, 0xFF534D42, 0x65735546, 0x01021997];

    private readonly string _root;

    // A descriptor for each file system met below the root; null where files are flushed one by one.
    private readonly Dictionary<ulong, int?> _fileSystems = [];

    public Flusher(string root)
    {
        _root = root;

        // Opened before the first write: a descriptor is told of the errors that come after its opening.
        FileSystemOf(root);
    }

    /// <summary>For the start line.</summary>
    public string Description => FileSystemOf(_root) is null ? "one flush per file" : "one flush per batch";

    public static bool FlushesWhole(long fileSystemType, Version kernel) =>
        !Remote.Contains(fileSystemType & 0xFFFFFFFF) && kernel >= new Version(5, 8);

    /// <summary>The contents of these files are on disk when this returns.</summary>
    public void FlushContents(IReadOnlyList<string> files)
    {
        foreach (var file in FlushFileSystems(files))
        {
            FlushOne(NativeFile.OpenForFlush(file));
        }
    }

    /// <summary>The names of these files are on disk when this returns, and those of the folders that lead to them from the root.</summary>
    public void FlushNames(IReadOnlyList<string> files)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in FlushFileSystems(files))
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
        foreach (var descriptor in _fileSystems.Values.OfType<int>())
        {
            NativeFile.Close(descriptor);
        }
    }

    /// <summary>Flushes each file system that files are on, and answers with the files that must be flushed by themselves.</summary>
    private List<string> FlushFileSystems(IReadOnlyList<string> files)
    {
        var descriptors = new HashSet<int>();
        var single = new List<string>();
        foreach (var group in files.GroupBy(Path.GetDirectoryName, StringComparer.Ordinal))
        {
            if (FileSystemOf(group.Key ?? _root) is { } descriptor)
            {
                descriptors.Add(descriptor);
            }
            else
            {
                single.AddRange(group);
            }
        }

        foreach (var descriptor in descriptors)
        {
            NativeFile.FlushFileSystem(descriptor);
        }

        return single;
    }

    private int? FileSystemOf(string folder)
    {
        var device = NativeFile.Identify(folder)?.Device ?? throw new DirectoryNotFoundException($"the folder {folder} is gone");
        if (!_fileSystems.TryGetValue(device, out var descriptor))
        {
            descriptor = FlushesWhole(NativeFile.FileSystemType(folder), Environment.OSVersion.Version) ? NativeFile.OpenFolder(folder) : null;
            _fileSystems.Add(device, descriptor);
        }

        return descriptor;
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
