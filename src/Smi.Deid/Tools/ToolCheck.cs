using System.Diagnostics;
using System.Text.RegularExpressions;
using Smi.Deid.Tools.Pools;
using Smi.Deid.Tools.Processes;
using Smi.Dicom;

namespace Smi.Deid.Tools;

/// <summary>Looks whether a tool is there, starts, and answers, before files of patients depend on it.</summary>
public static partial class ToolCheck
{
    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(20);

    /// <summary>Lets the tool work on a sample file twice.</summary>
    /// <param name="sample">A synthetic DICOM file of a modality that the tool takes.</param>
    /// <param name="workFolder">Private folders are made in it.</param>
    public static ToolCheckResult Run(ToolDefinition tool, string sample, string workFolder, CancellationToken cancellation)
    {
        if (ToolDefinitionCheck.Fault(tool, workFolder) is { } fault)
        {
            return new() { Tool = tool.Name, Problem = fault };
        }

        if (CommandSearch.Find(tool) is not { } program)
        {
            return new() { Tool = tool.Name, Problem = $"the program {tool.Command} is not there or cannot be executed" };
        }

        Directory.CreateDirectory(workFolder);
        var found = new ToolCheckResult { Tool = tool.Name, Program = program };
        try
        {
            return Try(tool, sample, workFolder, found with { Version = VersionOf(tool, workFolder, cancellation) }, cancellation);
        }
        catch (ToolException exception)
        {
            return found with { Problem = exception.Message };
        }
    }

    private static ToolCheckResult Try(ToolDefinition tool, string sample, string workFolder, ToolCheckResult found, CancellationToken cancellation)
    {
        using var pool = new ToolPool(tool with { PoolSize = 1 }, workFolder, SilentObserver.Instance);
        var started = Stopwatch.GetTimestamp();
        var problem = Answer(pool, sample, cancellation);
        var first = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        problem ??= Answer(pool, sample, cancellation);
        return found with { Answers = problem is null, First = first, Next = Stopwatch.GetElapsedTime(started), Problem = problem };
    }

    private static string? Answer(ToolPool pool, string sample, CancellationToken cancellation)
    {
        using var file = DicomFile.Open(sample);
        var job = new ToolJob
        {
            Source = sample,
            Modality = file.DataSet.GetString(DicomTags.Modality) ?? "",
            WriteEdited = path => File.Copy(sample, path),
        };
        var result = pool.Run(job, cancellation);
        (result as IDisposable)?.Dispose();
        return (result as ToolResult.Refused)?.Reason;
    }

    private static string? VersionOf(ToolDefinition tool, string workFolder, CancellationToken cancellation)
    {
        if (tool.VersionArguments.Count == 0)
        {
            return null;
        }

        using var folder = ToolFolder.Create(workFolder, "");
        using var process = ToolProcess.Start(tool, tool.VersionArguments.Select(folder.Fill), folder);
        process.CloseInput();
        try
        {
            // Only what can be nothing but a version is taken from what a tool prints.
            var text = System.Text.Encoding.UTF8.GetString(process.ReadLine(new Deadline(VersionLimit), cancellation).Span);
            return VersionPattern().Match(text) is { Success: true } match ? match.Value : null;
        }
        catch (ToolException)
        {
            // It is as good without; whether it answers is what counts.
            return null;
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)+", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}
