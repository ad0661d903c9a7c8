using System.Collections.Concurrent;
using Smi.Deid;
using Smi.Deid.Files;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tools;
using Smi.Dicom;
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
        deidentifier = DeidentifierFactory.Create(options.Policy, key, mapping is null ? null : mapping.Collect, options.Tools);
    }

    public static async Task<int> Execute(FolderOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        var isFile = File.Exists(options.Input);
        if (!isFile && !Directory.Exists(options.Input))
        {
            throw new UsageException($"{options.Input} does not exist");
        }

        var input = new ConfinedRoot(isFile ? Path.GetDirectoryName(Path.GetFullPath(options.Input)) ?? "/" : options.Input);
        RefuseFoldersThatMeet(input, options, isFile);
        var key = options.KeyFile is null ? MasterKey.Random() : MasterKey.Load(options.KeyFile);
        using var run = new FolderRun(options, input, MakeOutput(options.Output, clock, cancellation), key, clock);
        if (options.KeyFile is null)
        {
            await Console.Error.WriteLineAsync("smi: no --key: the pseudonyms of this run match no other run");
        }

        return await run.Process(isFile ? [new InputFile(Path.GetFullPath(options.Input))] : InputFiles.In(input), cancellation);
    }

    public void Dispose() => report.Dispose();

    private static void RefuseFoldersThatMeet(ConfinedRoot input, FolderOptions options, bool isFile)
    {
        if (File.Exists(options.Output))
        {
            throw new UsageException($"OUT, {options.Output}, is a file; name a folder");
        }

        if (!isFile && input.LiesAround(options.Output))
        {
            throw new UsageException("OUT is IN or lies inside it; outputs would be taken for inputs. Choose another folder");
        }

        if (options.MirrorsPaths && Directory.Exists(options.Output) && new ConfinedRoot(options.Output).LiesAround(input.Path))
        {
            throw new UsageException("IN lies inside OUT, and with --names source outputs could take the places of originals. Choose another folder");
        }
    }

    private static ConfinedRoot MakeOutput(string path, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(path);
            var root = new ConfinedRoot(path);
            PartSweeper.Sweep(root.Path, clock, cancellation);
            return root;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OutputFaultException($"OUT, {path}, cannot be made: {exception.Message}", exception);
        }
    }

    private async Task<int> Process(IEnumerable<InputFile> files, CancellationToken cancellation)
    {
        try
        {
            await ProcessAll(files, cancellation);
        }
        catch (Exception exception) when (exception is OutputFaultException or ToolException or OperationCanceledException)
        {
            report.PrintSummary();
            throw;
        }

        return Finish();
    }

    private Task ProcessAll(IEnumerable<InputFile> files, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellation };
        return Parallel.ForEachAsync(files, parallel, (file, stop) =>
        {
            var start = clock.GetTimestamp();
            var source = input.FromWalk(file.Path);
            var (outcome, result) = file.Trouble is { } trouble ? (new DeidOutcome.Refused("read", trouble), null) : Process(source, stop);
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
        catch (ToolException exception) when (!exception.IsOfTheMachine)
        {
            return (new DeidOutcome.Refused(StageNames.Of(exception.Stage), exception.Message), null);
        }
        catch (DicomReadException exception)
        {
            return (new DeidOutcome.Refused("read", exception.Message), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Reading has its own exception, so that this is about OUT, and the next file would fare no better.
            throw new OutputFaultException($"OUT cannot be written to: {exception.Message}", exception);
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
