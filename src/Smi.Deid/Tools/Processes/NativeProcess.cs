using System.Runtime.InteropServices;

namespace Smi.Deid.Tools.Processes;

/// <summary>The calls of Linux that .NET has no name for: waiting for several pipes, signals, adopted processes.</summary>
internal static unsafe partial class NativeProcess
{
    public const short Readable = 1;
    private const short HungUp = 0x10;
    private const short Failed = 8;
    private const int Kill9 = 9;
    private const int NoHang = 1;
    private const int SetChildSubreaper = 36;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7FF;
    private const int FormatMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int WritableByOthers = 0x12;
    private const int Sticky = 0x200;
    private const int Interrupted = 4;

    public static uint UserId => GetEffectiveUserId();

    /// <summary>Waits until one of two descriptors can be read, its other end is gone, or the time is up. A negative descriptor is left out.</summary>
    public static (bool First, bool Second) WaitForInput(int first, int second, int milliseconds)
    {
        var entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = first, Events = Readable };
        entries[1] = new PollEntry { Descriptor = second, Events = Readable };
        return Poll(entries, 2, milliseconds) <= 0
            ? (false, false)
            : (IsReady(entries[0]), IsReady(entries[1]));
    }

    /// <summary>Number of bytes; 0 at the end; negative when nothing can be read.</summary>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            nint count;
            do
            {
                count = ReadBytes(descriptor, start, (nuint)buffer.Length);
            }
            while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);

            return (int)count;
        }
    }

    /// <summary>False when the other end is gone.</summary>
    public static bool Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var done = 0;
            while (done < bytes.Length)
            {
                var count = WriteBytes(descriptor, start + done, (nuint)(bytes.Length - done));
                if (count < 0 && Marshal.GetLastPInvokeError() != Interrupted)
                {
                    return false;
                }

                done += Math.Max(0, (int)count);
            }

            return true;
        }
    }

    /// <summary>The length of the start of a file of /proc; negative when the process is gone or may not be looked at.</summary>
    public static int ReadStart(string path, Span<byte> buffer)
    {
        var descriptor = Open(path, 0x80000);
        if (descriptor < 0)
        {
            return -1;
        }

        var length = 0;
        while (length < buffer.Length && Read(descriptor, buffer[length..]) is var count and > 0)
        {
            length += count;
        }

        _ = Close(descriptor);
        return length;
    }

    public static void Kill(int process) => _ = SendSignal(process, Kill9);

    /// <summary>Takes note of the end of a process that became our child when its parent ended.</summary>
    public static void Reap(int process) => _ = WaitForProcess(process, null, NoHang);

    /// <summary>From now on processes whose parent ends become ours instead of init's.</summary>
    public static void AdoptOrphans() => _ = ControlProcess(SetChildSubreaper, 1, 0, 0, 0);

    /// <summary>True for a file that is neither link nor folder nor pipe.</summary>
    public static bool IsRegularFile(string path)
    {
        var buffer = stackalloc byte[256];
        return Statx(CurrentFolder, path, NoFollow, BasicStats, buffer) == 0 && (*(ushort*)(buffer + 28) & FormatMask) == RegularFile;
    }

    /// <summary>True when nobody but this user and root can put something else in the place of what stands in the folder.</summary>
    public static bool IsFolderOfOurs(string path)
    {
        var buffer = stackalloc byte[256];
        if (Statx(CurrentFolder, path, 0, BasicStats, buffer) != 0)
        {
            return false;
        }

        var (owner, mode) = (*(uint*)(buffer + 20), *(ushort*)(buffer + 28));
        return (owner == 0 || owner == UserId) && ((mode & WritableByOthers) == 0 || (mode & Sticky) != 0);
    }

    private static bool IsReady(PollEntry entry) => entry.Descriptor >= 0 && (entry.Returned & (Readable | HungUp | Failed)) != 0;

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadBytes(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteBytes(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitForProcess(int process, int* status, int options);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ControlProcess(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
