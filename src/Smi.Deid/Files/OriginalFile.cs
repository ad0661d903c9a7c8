using System.Runtime.InteropServices;

namespace Smi.Deid.Files;

/// <summary>Whether an original could be changed. Nobody could on a file system that is mounted read-only.</summary>
public static partial class OriginalFile
{
    private const int WriteAccess = 2;

    /// <summary>True when permissions and mount allow writing. Root may write whatever the permissions say; the permissions are what the operator meant.</summary>
    public static bool IsWriteable(string path) => File.Exists(path) && !new FileInfo(path).IsReadOnly && MayBeWritten(path);

    /// <summary>True when a process of this user could write to the file: for root whatever the permissions.</summary>
    internal static bool MayBeWritten(string path) => Access(path, WriteAccess) == 0;

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
