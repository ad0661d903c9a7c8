using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Smi.Tests.Crash;

/// <summary>A small file system of its own, filled to its last byte. Only root may mount one, and not everywhere.</summary>
internal sealed class MountedDisk : ICrashDisk
{
    private readonly string _folder;

    private MountedDisk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Null where nobody may mount it.</summary>
    public static MountedDisk? Mount(string folder) => Run("mount", "-t", "tmpfs", "-o", "size=900m", "smi-crash", folder) == 0 ? new(folder) : null;

    public Process Start(ProcessStartInfo start) => Process.Start(start) ?? throw new InvalidOperationException("the process did not start");

    public void Fill()
    {
        using var filler = File.OpenHandle(Filler, FileMode.Create, FileAccess.Write);
        var block = new byte[1 << 20];
        var length = 0L;
        for (var size = block.Length; size > 0; size /= 2)
        {
            length = Fill(filler, block.AsSpan(0, size), length);
        }
    }

    public void Empty() => File.Delete(Filler);

    public void Dispose() => Run("umount", "-l", _folder);

    private static long Fill(SafeFileHandle filler, ReadOnlySpan<byte> block, long length)
    {
        try
        {
            while (true)
            {
                RandomAccess.Write(filler, block, length);
                length += block.Length;
            }
        }
        catch (IOException)
        {
            return length;
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} did not start");
        process.WaitForExit();
        return process.ExitCode;
    }
}
