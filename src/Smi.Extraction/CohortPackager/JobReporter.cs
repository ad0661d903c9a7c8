using System.Globalization;
using System.Text;
using CsvHelper;
using Smi.Deid.Files;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.IsIdentifiable;
using Smi.Extraction.Settings;

namespace Smi.Extraction.CohortPackager;

/// <summary>Writes the reports of a job into a new folder, which gets its name when all of them are there.</summary>
internal sealed class JobReporter(JobStore store, SmiSettings settings)
{
    private const string Separator = "###";
    private const int MostPictures = 12;
    private const string Missing = "FileMissing";
    private const string Identifiable = "VerifiedIsIdentifiable";
    private static readonly string[] Good = ["Anonymised", "Copied", "VerifiedNotIdentifiable", "VerifiedNotVerified"];
    private static readonly string[] Failed = ["ErrorWontRetry", "VerifiedErrorWontRetry", "None", "VerifiedNone"];

    /// <summary>The folder of the reports.</summary>
    public async Task<string> WriteAsync(JobRecord job, JobProgress progress, string completedAt, CancellationToken cancellation)
    {
        var folder = Folder(job);
        var part = $"{folder}.part-{Environment.ProcessId}";
        Directory.CreateDirectory(part);
        var facts = await GatherAsync(job, progress, completedAt, cancellation);
        await WriteTablesAsync(part, facts, cancellation);
        await File.WriteAllTextAsync(Path.Combine(part, "README.md"), Readme(facts).ReplaceLineEndings(NewLine), cancellation);
        await File.WriteAllTextAsync(Path.Combine(part, "summary.html"), JobSummaryPage.Render(facts), cancellation);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.Move(part, folder);
        return folder;
    }

    private string NewLine => settings.CohortPackager.ReportNewLine;

    private string Folder(JobRecord job)
    {
        var root = new ConfinedRoot(settings.FileSystem.ExtractRoot);
        var relative = $"{job.Project}/extractions/reports/{job.Name}";
        return root.Find(relative)?.FullPath ?? throw new InvalidDataException("the names of this job do not make a path below the extract root");
    }

    private async Task<JobFacts> GatherAsync(JobRecord job, JobProgress progress, string completedAt, CancellationToken cancellation)
    {
        var outcomes = await store.OutcomesAsync(job.Identifier, cancellation);
        var found = await store.ResultsAsync(job.Identifier, Identifiable, cancellation);
        return new()
        {
            Job = job,
            Progress = progress,
            CompletedAt = completedAt,
            Rejections = InOrder(await store.RejectionsAsync(job.Identifier, cancellation)),
            Errors = await ErrorsAsync(job, cancellation),
            Failures = [.. found.SelectMany(Failures)],
            Good = Good.Sum(outcome => outcomes.GetValueOrDefault(outcome)),
            Identifiable = found.Count,
            Pictures = job.IsIdentifiable ? [] : await PicturesAsync(job, cancellation),
            Notices = PathResolvers.PutsOriginalsIntoPaths(settings.CohortExtractor.PathResolverType) && !job.IsIdentifiable
                ? [$"The paths hold original UIDs or file names, because {settings.CohortExtractor.PathResolverType} makes them so. Rename before a release, or use {PathResolvers.Pseudonymous}."]
                : [],
        };
    }

    private async Task<IReadOnlyList<JobPicture>> PicturesAsync(JobRecord job, CancellationToken cancellation)
    {
        var pictures = new List<JobPicture>();
        if (new ConfinedRoot(settings.FileSystem.ExtractRoot).Find(job.Directory) is not { } directory || !Directory.Exists(directory.FullPath))
        {
            return pictures;
        }

        var folder = new ConfinedRoot(directory.FullPath);
        foreach (var output in await store.SomeOutputsAsync(job.Identifier, "VerifiedNotIdentifiable", MostPictures, cancellation))
        {
            if (folder.Find(output) is { } path && JobPicture.Of(path.FullPath) is { } picture)
            {
                pictures.Add(picture);
            }
        }

        return pictures;
    }

    /// <summary>As the original has them: identifiers with most rejected files first, and within each the most frequent reason.</summary>
    private static IReadOnlyList<string[]> InOrder(List<string[]> rejections) =>
    [
        .. rejections.GroupBy(row => row[0], StringComparer.Ordinal).OrderByDescending(rows => rows.Sum(JobFacts.Count)).ThenBy(rows => rows.Key, StringComparer.Ordinal)
            .SelectMany(rows => rows.OrderByDescending(JobFacts.Count).ThenBy(row => row[2], StringComparer.Ordinal)),
    ];

    /// <summary>As the original has them: missing files first.</summary>
    private async Task<IReadOnlyList<string[]>> ErrorsAsync(JobRecord job, CancellationToken cancellation)
    {
        var missing = await store.ResultsAsync(job.Identifier, Missing, cancellation);
        var failed = new List<string[]>();
        foreach (var outcome in Failed)
        {
            failed.AddRange(await store.ResultsAsync(job.Identifier, outcome, cancellation));
        }

        return
        [
            .. missing.Select(row => new[] { row[0], "Missing" }),
            .. failed.OrderBy(row => row[0], StringComparer.Ordinal).Select(row => new[] { row[0], row[2].Length > 0 ? row[2] : row[1] }),
        ];
    }

    // A report that is no JSON is shown as it came: losing it would hide that something was found.
    private static IEnumerable<ValueFailure> Failures(string[] row) => FailureReport.TryRead(row[2])
        ?? [new ValueFailure { Parts = [], Resource = row[0], ResourcePrimaryKey = "", ProblemField = "", ProblemValue = row[2] }];

    private async Task WriteTablesAsync(string folder, JobFacts facts, CancellationToken cancellation)
    {
        await WriteTableAsync(Path.Combine(folder, "rejected_files.csv"), ["ExtractionKey", "Count", "Reason"], facts.Rejections, cancellation);
        await WriteTableAsync(Path.Combine(folder, "processing_errors.csv"), ["DicomFilePath", "Reason"], facts.Errors, cancellation);
        await WriteTableAsync(
            Path.Combine(folder, "verification_failures.csv"),
            ["Resource", "ResourcePrimaryKey", "ProblemField", "ProblemValue", "PartWords", "PartClassifications", "PartOffsets"],
            facts.Failures.Select(Row), cancellation);
    }

    // Quoted as CsvHelper 33 does by default, with which the original writes.
    private async Task WriteTableAsync(string path, string[] header, IEnumerable<string[]> rows, CancellationToken cancellation)
    {
        await using var csv = CsvWriter.ToFile(path, new CsvWriterOptions { NewLine = NewLine, Quoting = CsvQuoting.WhenNeededOrWhitespace });
        await csv.WriteRecordAsync(header, cancellation);
        foreach (var row in rows)
        {
            await csv.WriteRecordAsync(row, cancellation);
        }
    }

    private static string[] Row(ValueFailure failure) =>
    [
        failure.Resource,
        failure.ResourcePrimaryKey,
        failure.ProblemField,
        failure.ProblemValue,
        string.Join(Separator, failure.Parts.Select(part => part.Word)),
        string.Join(Separator, failure.Parts.Select(part => part.Classification)),
        string.Join(Separator, failure.Parts.Select(part => part.Offset.ToString(CultureInfo.InvariantCulture))),
    ];

    private static string Readme(JobFacts facts)
    {
        var job = facts.Job;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# SMI extraction validation report for {job.Project} {job.Name}").AppendLine().AppendLine("Job info:");
        foreach (var (name, value) in facts.Lines())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"-   {name + ":",-30}{value}");
        }

        text.AppendLine().AppendLine("Files included:").AppendLine()
            .AppendLine("-   README.md (this file)")
            .AppendLine("-   summary.html (the same, to look at)")
            .AppendLine("-   rejected_files.csv (what was not extracted, and why)")
            .AppendLine("-   processing_errors.csv (files that failed)")
            .AppendLine("-   verification_failures.csv (what the verification found)");
        return text.ToString();
    }
}
