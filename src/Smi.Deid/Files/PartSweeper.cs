namespace Smi.Deid.Files;

/// <summary>Deletes unfinished files of processes that are gone.</summary>
public static class PartSweeper
{
    // Another machine's processes, and those of an earlier boot, cannot be asked; nothing takes a day to write a file.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromDays(1);

    /// <summary>Sweeps everything below a root and answers how many files went.</summary>
    public static int Sweep(string root, TimeProvider clock, CancellationToken cancellation)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var swept = 0;
        foreach (var file in Directory.EnumerateFiles(root, ".smi-*.part", options))
        {
            cancellation.ThrowIfCancellationRequested();
            if (PartFile.OwnerOf(file) is { } owner && IsGone(owner, file, clock))
            {
                File.Delete(file);
                swept++;
            }
        }

        return swept;
    }

    // A number is used again some day; a process that started after the file was last written did not write it.
    private static bool IsGone(PartOwner owner, string file, TimeProvider clock) => owner.Host == PartOwner.Current.Host
        ? !Directory.Exists($"/proc/{owner.Process}") || StartedAfter(owner.Process, file)
        : clock.GetUtcNow() - File.GetLastWriteTimeUtc(file) > LongestWrite;

    private static bool StartedAfter(int process, string file)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return found.StartTime.ToUniversalTime() > File.GetLastWriteTimeUtc(file).AddSeconds(1);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }
}
