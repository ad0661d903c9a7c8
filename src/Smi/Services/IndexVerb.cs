using System.CommandLine;
using System.Diagnostics;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.Settings;
using Smi.Verbs;

namespace Smi.Services;

internal static class IndexVerb
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "FileSystemRoot of the settings, or a folder below it." };
    private const int LinksListed = 20;
    private static readonly Option<string> Yaml = SettingsOption.Create();

    public static Command Create() =>
        Verb.Create("index", "Reads headers into the embedded index; files that did not change are not read again.", "smi index fileSystemRoot -y default.yaml", [Folder, Yaml], RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = SettingsOption.Load(arguments, Yaml);
        var folder = Path.GetFullPath(arguments.GetRequiredValue(Folder));
        var root = settings.FileSystem.FileSystemRoot.Length > 0 ? settings.FileSystem.FileSystemRoot : folder;
        if (!Directory.Exists(folder) || !Directory.Exists(root))
        {
            throw new UsageException($"the folder {(Directory.Exists(folder) ? root : folder)} does not exist");
        }

        var started = Stopwatch.GetTimestamp();
        var indexer = Open(root, folder, settings);
        await indexer.RunAsync(new Progress<int>(count => Console.Error.WriteLine($"{count} files")), cancellation);
        Report(indexer, Stopwatch.GetElapsedTime(started).TotalSeconds, settings.CohortExtractor.IndexFile);
        return indexer.Failed.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static Indexer Open(string root, string folder, SmiSettings settings)
    {
        try
        {
            return new Indexer(root, folder, settings.CohortExtractor.IndexFile, settings.FileSystem.DicomSearchPattern, settings.FileSystem.AllowedSourceRoots);
        }
        catch (ArgumentException)
        {
            throw new UsageException($"{folder} is not below FileSystemRoot, {root}: its files could not be extracted");
        }
    }

    private static void Report(Indexer indexer, double seconds, string indexFile)
    {
        foreach (var path in indexer.Failed)
        {
            Console.Error.WriteLine($"cannot be read: {path}");
        }

        foreach (var path in indexer.Elsewhere.Take(LinksListed))
        {
            Console.Error.WriteLine($"warning: {path} is a link out of FileSystemRoot and AllowedSourceRoots, or to nothing: not followed");
        }

        if (indexer.Elsewhere.Count > LinksListed)
        {
            Console.Error.WriteLine($"warning: {indexer.Elsewhere.Count - LinksListed} more links like these");
        }

        Console.WriteLine(
            $"{indexer.Read} read, {indexer.Unchanged} unchanged, {indexer.Removed} gone, {indexer.Unreadable} not DICOM, {indexer.Failed.Count} unreadable, in {seconds:F1} s: {indexFile}");
    }
}
