using Smi.Deid.Pseudonyms;
using Smi.Deid.Samples;
using Smi.Dicom;
using Smi.Verbs;

namespace Smi.Samples;

/// <summary>
/// The example workflow laid out in a folder: fileSystemRoot with read-only synthetic originals named by SOP instance UID, extractRoot with
/// the CSV extractme.csv of all their UIDs, a key, and settings with which every verb just works.
/// </summary>
internal sealed class WorkflowSample
{
    private const string Settings = "default.yaml";
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private WorkflowSample(string folder, IReadOnlyList<SampleFile> files)
    {
        Folder = folder;
        Files = files;
    }

    public string Folder { get; }

    /// <summary>The originals; each is in <see cref="FileSystemRoot"/> under the name that <see cref="NameOf"/> gives.</summary>
    public IReadOnlyList<SampleFile> Files { get; }

    public string FileSystemRoot => Path.Combine(Folder, "fileSystemRoot");

    public string ExtractRoot => Path.Combine(Folder, "extractRoot");

    public string Csv => Path.Combine(ExtractRoot, "extractme.csv");

    public string SettingsFile => Path.Combine(Folder, Settings);

    public static string NameOf(SampleFile file) => $"{UidOf(file)}.dcm";

    /// <exception cref="UsageException">There is something in the folder already.</exception>
    public static WorkflowSample Write(string folder, int seed, int atLeast)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new UsageException($"{folder} is not empty; the example workflow needs a folder of its own");
        }

        var sample = new WorkflowSample(Path.GetFullPath(folder), Make(seed, atLeast));
        Directory.CreateDirectory(sample.FileSystemRoot);
        Directory.CreateDirectory(sample.ExtractRoot);
        foreach (var file in sample.Files)
        {
            sample.WriteOriginal(file);
        }

        File.WriteAllLines(sample.Csv, sample.Files.Select(UidOf).Prepend("SOPInstanceUID"));
        File.WriteAllText(sample.SettingsFile, SettingsText());
        MasterKey.Create(Path.Combine(sample.Folder, "smi.key"));
        return sample;
    }

    public void Describe() => Console.WriteLine(
        $"""
        {Folder}
          fileSystemRoot          {Files.Count} originals, read-only, named by SOPInstanceUID
          extractRoot             where extractions go, with extractme.csv: {Files.Count} UIDs
          default.yaml, smi.key   settings and a key

        Next:
          cd {Folder}
          smi index fileSystemRoot
          smi run &
          smi extract-images -p project-001 -c extractRoot/extractme.csv
          smi status
        """);

    public static string UidOf(SampleFile file) => file.DataSet.GetString(DicomTags.SopInstanceUid) ?? throw new InvalidOperationException("a sample has a UID");

    private static List<SampleFile> Make(int seed, int atLeast)
    {
        var files = new List<SampleFile>();
        while (files.Count < Math.Max(1, atLeast))
        {
            files.AddRange(SampleHospital.Make(seed++));
        }

        return files;
    }

    private void WriteOriginal(SampleFile file)
    {
        var path = Path.Combine(FileSystemRoot, NameOf(file));
        using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024))
        {
            file.Write(target);
        }

        File.SetUnixFileMode(path, ReadOnly);
    }

    /// <summary>The settings that ship, with the path resolver that we recommend.</summary>
    private static string SettingsText()
    {
        using var resource = typeof(WorkflowSample).Assembly.GetManifestResourceStream(Settings) ?? throw new InvalidOperationException($"{Settings} is not built in");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().Replace(
            "ProjectPathResolverType: \"StudySeriesOriginalFilenameProjectPathResolver\"", "ProjectPathResolverType: \"PseudonymousProjectPathResolver\"",
            StringComparison.Ordinal);
    }
}
