using System.Collections.Concurrent;
using System.IO.Enumeration;
using Smi.Deid;
using Smi.Deid.Files;
using Smi.Deid.Pseudonyms;
using Smi.Verbs;

namespace Smi.Anonymise;

/// <summary>De-identifies a file or a folder with all cores; a bad file is reported and the rest goes on.</summary>
internal sealed class FolderRun : IDisposable
{
    private readonly FolderOptions options;
    private readonly Deidentifier deidentifier;
    private readonly ConfinedRoot input;
    private readonly ConfinedRoot output;
    private readonly DateTimeOffset submittedAt;
    private readonly TimeProvider clock;
    private readonly PseudonymMapping? mapping;
    private readonly RunReport report;

    // Which input an output path belongs to; filled by all workers, each path by the first that asks.
    private readonly ConcurrentDictionary<string, string> claimed = new(StringComparer.Ordinal);

    private FolderRun(FolderOptions options, ConfinedRoot input, ConfinedRoot output, MasterKey key, TimeProvider clock)
    {
        (this.options, this.input, this.output, this.clock) = (options, input, output, clock);
        submittedAt = clock.GetUtcNow();
        mapping = options.MappingFile is null ? null : new PseudonymMapping();
        report = new RunReport(options.ReportFile);
        deidentifier = DeidentifierFactory.Create(options.Policy, key, mapping is null ? null : mapping.Collect);
    }

    public static async Task<int> Execute(FolderOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        var isFile = File.Exists(options.Input);
        if (!isFile && !Directory.Exists(options.Input))
        {
            throw new UsageException($"{options.Input} does not exist");
        }

        var input = new ConfinedRoot(isFile ? Path.GetDirectoryName(Path.GetFullPath(options.Input)) ?? "/" : options.Input);
        RefuseOutputInsideInput(input, options, isFile);
        var key = options.KeyFile is null ? MasterKey.Random() : MasterKey.Load(options.KeyFile);
        Directory.CreateDirectory(options.Output);
        using var run = new FolderRun(options, input, new ConfinedRoot(options.Output), key, clock);
        if (options.KeyFile is null)
        {
            await Console.Error.WriteLineAsync("smi: no --key: the pseudonyms of this run match no other run");
        }

        await run.ProcessAll(isFile ? [Path.GetFullPath(options.Input)] : FilesIn(input.Path), cancellation);
        return run.Finish();
    }

    public void Dispose() => report.Dispose();

    private static void RefuseOutputInsideInput(ConfinedRoot input, FolderOptions options, bool isFile)
    {
        var target = Path.GetFullPath(options.Output).TrimEnd('/') + "/";
        if (!isFile && target.StartsWith(input.Path.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            throw new UsageException("OUT lies inside IN; outputs would be taken for inputs. Choose another folder");
        }
    }

    // Links to folders are not walked into; links to files are, and are refused when they lead out of IN.
    private static FileSystemEnumerable<string> FilesIn(string folder) =>
        new(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

    private Task ProcessAll(IEnumerable<string> files, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellation };
        return Parallel.ForEachAsync(files, parallel, (path, stop) =>
        {
            var start = clock.GetTimestamp();
            var source = input.FromWalk(path);
            var (outcome, result) = Process(source, stop);
            report.Add(source.Relative, outcome, result?.Relative, clock.GetElapsedTime(start));
            return ValueTask.CompletedTask;
        });
    }

    private (DeidOutcome Outcome, ConfinedPath? Output) Process(ConfinedPath source, CancellationToken cancellation)
    {
        try
        {
            var result = deidentifier.Stage(JobFor(source), cancellation);
            using var staged = result.File;
            if (staged is null)
            {
                return (result.Outcome ?? throw new InvalidOperationException("a staging result is a file or an outcome"), null);
            }

            return claimed.GetOrAdd(staged.Output.Relative, source.Relative) == source.Relative
                ? (staged.Commit(), staged.Output)
                : (new DeidOutcome.Refused("output", "another input of this run became the same output"), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (new DeidOutcome.Refused("read", $"the file could not be read or written ({exception.GetType().Name})"), null);
        }
    }

    private DeidJob JobFor(ConfinedPath source) => new()
    {
        Source = source,
        Output = options.MirrorsPaths ? output.FromWalk(Path.Combine(output.Path, source.Relative)) : null,
        OutputRoot = output,
        Project = options.Project,
        SubmittedAt = submittedAt,
        Overwrite = options.Overwrite,
    };

    private int Finish()
    {
        if (mapping is not null && options.MappingFile is { } path)
        {
            mapping.Write(path);
        }

        report.PrintSummary();
        return report.RefusedCount > 0 ? ExitCode.Refused : ExitCode.Done;
    }
}
