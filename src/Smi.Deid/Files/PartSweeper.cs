namespace Smi.Deid.Files;

/// <summary>Deletes unfinished files of processes that are gone.</summary>
public static class PartSweeper
{
    /// <summary>Sweeps everything below a root and answers how many files went.</summary>
    public static int Sweep(string root)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var swept = 0;
        foreach (var file in Directory.EnumerateFiles(root, ".smi-*.part", options))
        {
            if (PartFile.OwnerOf(file) is { } owner && IsGone(owner, file))
            {
                File.Delete(file);
                swept++;
            }
        }

        return swept;
    }

    // A number is used again some day; a process that started after the file was last written did not write it.
    private static bool IsGone(int process, string file)
    {
        if (process == Environment.ProcessId)
        {
            return StartedAfter(process, file);
        }

        return !Directory.Exists($"/proc/{process}") || StartedAfter(process, file);
    }

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
