using System.CommandLine;
using Smi.Extraction.CohortExtractor;
using Smi.Verbs;

namespace Smi.Services;

internal static class IndexVerb
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "the folder of originals: FileSystemRoot of the settings" };
    private static readonly Option<string> Yaml = SettingsOption.Create();

    public static Command Create() =>
        Verb.Create("index", "Reads headers into the embedded index; files that did not change are not read again.", "smi index fileSystemRoot -y default.yaml", [Folder, Yaml], RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = SettingsOption.Load(arguments, Yaml);
        var folder = Path.GetFullPath(arguments.GetRequiredValue(Folder));
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"the folder {folder} does not exist");
        }

        var indexer = new Indexer(folder, settings.CohortExtractor.IndexFile, settings.FileSystem.DicomSearchPattern);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        await indexer.RunAsync(new Progress<int>(count => Console.Error.WriteLine($"{count} files")), cancellation);
        var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine($"{indexer.Read} read, {indexer.Unchanged} unchanged, {indexer.Removed} gone, {indexer.Unreadable} not DICOM, in {seconds:F1} s: {settings.CohortExtractor.IndexFile}");
        return ExitCode.Done;
    }
}
