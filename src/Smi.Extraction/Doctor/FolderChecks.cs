using System.Diagnostics;
using System.Globalization;
using Smi.Deid.Files;
using Smi.Dicom;
using Smi.Extraction.Durability;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Doctor;

/// <summary>The folders of the settings: are they there, may originals be written to (they must not), how fast is what is written made durable.</summary>
public static class FolderChecks
{
    private const string Topic = "folders";
    private const int Looked = 200;
    private const int TrialFiles = 32;
    private const int TrialLength = 512 * 1024;
    private const long LittleSpace = 10L << 30;

    public static IEnumerable<Check> Run(SmiSettings settings, CancellationToken cancellation) =>
    [
        .. Originals(settings, cancellation),
        .. Outputs("ExtractRoot", settings.FileSystem.ExtractRoot, cancellation),
        Writable("StateFolder", settings.DicomAnonymiser.StateFolder),
        .. settings.Logging.LogsRoot is { Length: > 0 } logs ? new[] { Writable("LogsRoot", logs) } : [],
        Writable("temporary folder", Path.GetTempPath()),
    ];

    private static List<Check> Originals(SmiSettings settings, CancellationToken cancellation)
    {
        const string name = "FileSystemRoot";
        var root = settings.FileSystem.FileSystemRoot;
        if (root.Length == 0 || !Directory.Exists(root))
        {
            return [Check.NoGo(Topic, name, root.Length == 0 ? "is not set" : $"{root} is not there")];
        }

        try
        {
            return LookAt(name, root, settings, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [Check.NoGo(Topic, name, $"{root} cannot be read ({fault.GetType().Name})")];
        }
    }

    private static List<Check> LookAt(string name, string root, SmiSettings settings, CancellationToken cancellation)
    {
        // As the index walks them; a pipe looks empty, and opening one would wait for ever.
        var walk = new OriginalsWalk(new ConfinedRoot(root, settings.FileSystem.AllowedSourceRoots), settings.FileSystem.DicomSearchPattern);
        var files = walk.Files(root).Where(found => found.File is { Exists: true, Length: > 0 }).Select(found => found.Name).Take(Looked).ToList();
        if (files.Count == 0)
        {
            return [Check.NoGo(Topic, name, $"{root} holds no file that matches {settings.FileSystem.DicomSearchPattern}; is it mounted?")];
        }

        var checks = new List<Check> { Check.Good(Topic, name, $"{root} on {FileSystemOf(root)}") };
        var writeable = files.Count(OriginalFile.IsWriteable);
        checks.Add((writeable, settings.DicomAnonymiser.FailIfSourceWriteable) switch
        {
            (0, _) => Check.Good(Topic, "originals are read-only", $"none of the first {files.Count} can be written to"),
            (_, true) => Check.NoGo(Topic, "originals are read-only", $"{writeable} of the first {files.Count} can be written to, and FailIfSourceWriteable refuses such files: mount the folder read-only, or take the write permission away"),
            _ => Check.Warning(Topic, "originals are read-only", $"{writeable} of the first {files.Count} can be written to, and FailIfSourceWriteable is off"),
        });
        checks.Add(Parse(files, cancellation));
        return checks;
    }

    private static Check Parse(List<string> files, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var unreadable = files.Count(file => !IsDicom(file, cancellation));
        var detail = $"{files.Count - unreadable} of the first {files.Count} are DICOM, {Stopwatch.GetElapsedTime(started).TotalMilliseconds / files.Count:F1} ms each to open";
        return unreadable < files.Count ? Check.Good(Topic, "originals are DICOM", detail) : Check.NoGo(Topic, "originals are DICOM", detail);
    }

    private static bool IsDicom(string file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using var opened = DicomFile.Open(file);
            return opened.DataSet.Count > 0;
        }
        catch (DicomFormatException)
        {
            return false;
        }
    }

    private static List<Check> Outputs(string name, string root, CancellationToken cancellation)
    {
        if (root.Length == 0 || !Directory.Exists(root))
        {
            return [Check.NoGo(Topic, name, root.Length == 0 ? "is not set" : $"{root} is not there")];
        }

        try
        {
            var free = new DriveInfo(root).AvailableFreeSpace;
            return
            [
                Check.Good(Topic, name, $"{root} on {FileSystemOf(root)}"),
                new Check(Topic, $"{name}: space", free < LittleSpace ? Verdict.Warning : Verdict.Good, $"{free / 1e9:F1} GB free"),
                Trial(name, root, cancellation),
            ];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [Check.NoGo(Topic, name, $"{root} cannot be written to ({fault.GetType().Name})")];
        }
    }

    /// <summary>What the anonymiser does to a batch: write, flush, rename, flush the names.</summary>
    private static Check Trial(string name, string root, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, $".smi-doctor-{Environment.ProcessId}")).FullName;
        try
        {
            using var flusher = new Flusher(root);
            var content = new byte[TrialLength];
            Random.Shared.NextBytes(content);
            var started = Stopwatch.GetTimestamp();
            var parts = Enumerable.Range(0, TrialFiles).Select(index => Path.Combine(folder, $"{index}.part")).ToList();
            parts.ForEach(part => File.WriteAllBytes(part, content));
            cancellation.ThrowIfCancellationRequested();
            var written = Stopwatch.GetElapsedTime(started);
            flusher.FlushContents(parts);
            parts.ForEach(part => File.Move(part, Path.ChangeExtension(part, "dcm")));
            flusher.FlushNames(parts);
            var all = Stopwatch.GetElapsedTime(started);
            var rate = (double)TrialFiles * TrialLength / 1e6 / all.TotalSeconds;
            return Check.Good(Topic, $"{name}: write, flush, rename", string.Create(
                CultureInfo.InvariantCulture,
                $"{TrialFiles} files of {TrialLength / 1024} KB in {all.TotalMilliseconds:F0} ms ({rate:F0} MB/s), {(all - written).TotalMilliseconds:F0} ms of it for durability; {flusher.Description}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Check Writable(string name, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, $".smi-doctor-{Environment.ProcessId}");
            File.WriteAllBytes(file, [0]);
            File.Delete(file);
            return Check.Good(Topic, name, $"{folder} can be written to, {new DriveInfo(folder).AvailableFreeSpace / 1e9:F1} GB free");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Check.NoGo(Topic, name, $"{folder} cannot be written to ({fault.GetType().Name})");
        }
    }

    private static string FileSystemOf(string path) => new DriveInfo(path).DriveFormat;
}
