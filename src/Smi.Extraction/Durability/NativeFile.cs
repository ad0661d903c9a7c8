using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Smi.Extraction.Durability;

/// <summary>The few calls of Linux that .NET has no name for. Errors become IOException with errno.</summary>
internal static partial class NativeFile
{
    private const int ReadOnly = 0;
    private const int Directory = 0x10000;
    private const int CloseOnExec = 0x80000;
    private const int CurrentFolder = -100;
    private const uint BasicStats = 0x7FF;

    /// <summary>A descriptor for flushing the file system or folder that the path is on.</summary>
    public static int OpenFolder(string path) => Check(Open(path, ReadOnly | DirectoryFlag | CloseOnExec, 0));

    public static int OpenForFlush(string path) => Check(Open(path, ReadOnly | CloseOnExec, 0));

    public static void Close(int descriptor) => _ = CloseDescriptor(descriptor);

    public static void FlushFileSystem(int descriptor) => Check(SyncFileSystem(descriptor));

    public static void Flush(int descriptor) => Check(SyncFile(descriptor));

    /// <summary>Device and inode, which together name a file or folder; null when it is not there.</summary>
    public static unsafe (ulong Device, ulong Inode)? Identify(string path)
    {
        var buffer = stackalloc byte[256];
        return Statx(CurrentFolder, path, 0, BasicStats, buffer) != 0
            ? null
            : (((ulong)*(uint*)(buffer + 136) << 32) | *(uint*)(buffer + 140), *(ulong*)(buffer + 32));
    }

    /// <summary>The magic number of the file system that the path is on (statfs, f_type).</summary>
    public static unsafe long FileSystemType(string path)
    {
        var buffer = stackalloc byte[256];
        Check(Statfs(path, buffer));
        return *(long*)buffer;
    }

    public static void ChangeGroup(string path, uint group) => Check(Chown(path, uint.MaxValue, group));

    // O_DIRECTORY is 0x10000 on x64 and 0x4000 on arm64.
    private static int DirectoryFlag => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : Directory;

    private static int Check(int result)
    {
        if (result >= 0)
        {
            return result;
        }

        var error = Marshal.GetLastPInvokeError();
        throw new IOException(new Win32Exception(error).Message, error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncFile(int descriptor);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statfs(string path, byte* buffer);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint owner, uint group);
}
