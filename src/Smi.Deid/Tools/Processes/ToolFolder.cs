using System.Globalization;

namespace Smi.Deid.Tools.Processes;

/// <summary>
/// A private folder (0700) of one request or one daemon, with safe names in it whatever the files are called outside. Emptied and removed when it is
/// disposed; what a killed process of ours left is removed by the next one.
/// </summary>
internal sealed class ToolFolder : IDisposable
{
    private const string Prefix = "smi-tool-";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private ToolFolder(string path, string modality)
    {
        Path = path;
        Modality = modality;
    }

    /// <summary>Names this process in folder names and marks: number and start time.</summary>
    public static string OwnerName { get; } = NameOf(RunningProcess.Find(Environment.ProcessId) ?? throw new IOException("/proc is not there"));

    public string Path { get; }

    public string Modality { get; }

    public string Source => System.IO.Path.Combine(Path, "in", "source.dcm");

    public string Target => System.IO.Path.Combine(Path, "out", "target.dcm");

    public string Temporary => System.IO.Path.Combine(Path, "tmp");

    public static ToolFolder Create(string root, string modality)
    {
        var name = $"{Prefix}{OwnerName}-{System.IO.Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}";
        var folder = new ToolFolder(System.IO.Path.Combine(root, name), SafeModality(modality));
        foreach (var path in (string[])[folder.Path, System.IO.Path.Combine(folder.Path, "in"), System.IO.Path.Combine(folder.Path, "out"), folder.Temporary])
        {
            Directory.CreateDirectory(path, Private);
        }

        return folder;
    }

    /// <summary>Removes folders of processes that are gone.</summary>
    public static void Sweep(string root)
    {
        foreach (var path in Directory.EnumerateDirectories(root, Prefix + "*"))
        {
            if (OwnerIsGone(System.IO.Path.GetFileName(path)[Prefix.Length..]))
            {
                Remove(path);
            }
        }
    }

    /// <summary>The text with its placeholders replaced.</summary>
    public string Fill(string text) => text
        .Replace("{source}", Source, StringComparison.Ordinal)
        .Replace("{target}", Target, StringComparison.Ordinal)
        .Replace("{work}", Path, StringComparison.Ordinal)
        .Replace("{modality}", Modality, StringComparison.Ordinal);

    public void Dispose() => Remove(Path);

    /// <summary>True when the process that a folder or a mark is named after does not run any more.</summary>
    public static bool OwnerIsGone(string name) =>
        name.Split('-') is [var id, var start, _]
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        && RunningProcess.Find(process) is var running
        && !(running is { HasEnded: false } && running.Value.Start.ToString(CultureInfo.InvariantCulture) == start);

    private static string NameOf(RunningProcess process) => string.Create(CultureInfo.InvariantCulture, $"{process.Id}-{process.Start}");

    // A value of the file must not become an option or a path of a command line.
    private static string SafeModality(string modality) =>
        modality.Length is > 0 and <= 16 && modality.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character)) ? modality : "OT";

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            // The tool may have taken permissions away, or a helper of it was just writing.
            RemoveStubborn(path);
        }
    }

    private static void RemoveStubborn(string path)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        File.SetUnixFileMode(path, Private);
        foreach (var folder in new DirectoryInfo(path).EnumerateDirectories().Where(folder => folder.LinkTarget is null))
        {
            RemoveStubborn(folder.FullName);
        }

        Directory.Delete(path, recursive: true);
    }
}
