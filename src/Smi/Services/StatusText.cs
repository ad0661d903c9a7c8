using System.Globalization;
using Smi.Extraction.CohortPackager;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;

namespace Smi.Services;

/// <summary>Says how far jobs are, how fast they go, and what they wait for.</summary>
internal sealed class StatusText(SmiSettings settings, IReadOnlyList<QueueDepth> queues, DateTimeOffset now)
{
    private const int BarLength = 30;

    /// <summary>With no result for so long, a job that is not complete counts as stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly (string Queue, string Verb)[] _consumers =
    [
        (settings.CohortExtractor.Queue.QueueName, "cohort-extractor"),
        (settings.DicomAnonymiser.Queue.QueueName, "dicom-anonymiser"),
        (settings.FileCopier.Queue.QueueName, "file-copier"),
        (settings.IsIdentifiable.Queue.QueueName, "is-identifiable"),
        (settings.CohortPackager.RequestInfos.QueueName, "cohort-packager"),
        (settings.CohortPackager.CollectionInfos.QueueName, "cohort-packager"),
        (settings.CohortPackager.NoVerifyStatuses.QueueName, "cohort-packager"),
        (settings.CohortPackager.Verifications.QueueName, "cohort-packager"),
    ];

    public IEnumerable<string> Of(JobRecord job, JobProgress progress)
    {
        yield return $"{job.Project}/{job.Name}  {job.Identifier}";
        yield return $"  submitted {job.SubmittedAt}{(job.UserName is { } user ? $" by {user}" : "")}{(job.KeyCount is { } keys ? $", {Number(keys)} of {job.KeyTag}" : "")}";
        if (job.CompletedAt is { } completed)
        {
            yield return $"  complete since {completed}: {Number(progress.Files)} files{After(job)}";
            yield break;
        }

        yield return $"  {Bar(job, progress)}  {Number(Done(progress))} of {Number(progress.Files)} files{(HasAllLists(job, progress) ? "" : " so far")}, {Number(progress.Collections)} of {(job.KeyCount is { } all ? Number(all) : "?")} identifiers";
        yield return $"  {Speed(job, progress)}";
        yield return IsStuck(job, progress) ? $"  STUCK: nothing came since {progress.LastResultAt ?? job.SubmittedAt}; {WaitsFor(job, progress)}" : $"  {WaitsFor(job, progress)}";
    }

    public IEnumerable<string> OfQueues()
    {
        foreach (var depth in queues)
        {
            var stuck = depth is { Messages: > 0, Consumers: 0 } && VerbOf(depth.Queue) is { } verb ? $"  <- nobody consumes it: start smi {verb}" : "";
            yield return $"{depth.Queue,-40} {depth.Messages,8} waiting {depth.Consumers,4} consumers{stuck}";
        }
    }

    private static long Done(JobProgress progress) => progress.Files - progress.Unanswered;

    private static bool HasAllLists(JobRecord job, JobProgress progress) => job.KeyCount == progress.Collections;

    private static string Bar(JobRecord job, JobProgress progress)
    {
        // Files of identifiers that were not looked up yet are unknown: both shares count.
        var looked = job.KeyCount is > 0 and var keys ? (double)progress.Collections / keys : 0;
        var share = looked * (progress.Files == 0 ? 1 : (double)Done(progress) / progress.Files);
        var full = (int)(share * BarLength);
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('.', BarLength - full)}] {(int)(share * 100),3} %");
    }

    private static string Speed(JobRecord job, JobProgress progress)
    {
        var left = HasAllLists(job, progress) && progress is { LastMinute: > 0, Unanswered: > 0 }
            ? $", about {Duration(TimeSpan.FromMinutes((double)progress.Unanswered / progress.LastMinute))} left"
            : "";
        return $"{Number(progress.LastMinute)} in the last minute{left}";
    }

    private static string After(JobRecord job) => Time(job.SubmittedAt) is { } asked && Time(job.CompletedAt) is { } done && done >= asked
        ? $", {Duration(done - asked)} after they were asked for"
        : "";

    private bool IsStuck(JobRecord job, JobProgress progress) => Time(progress.LastResultAt ?? job.SubmittedAt) is { } last && now - last > Patience;

    private string WaitsFor(JobRecord job, JobProgress progress)
    {
        var waiting = queues.Where(depth => depth.Messages > 0 && VerbOf(depth.Queue) is not null).ToList();
        if (waiting.Find(depth => depth.Consumers == 0) is { } forgotten)
        {
            return $"{Number(forgotten.Messages)} messages wait in {forgotten.Queue} and nobody consumes it: start smi {VerbOf(forgotten.Queue)}";
        }

        if (waiting.Count > 0)
        {
            return $"{Number(waiting[0].Messages)} messages wait in {waiting[0].Queue}";
        }

        return (job.KeyCount, HasAllLists(job, progress), progress.Unanswered) switch
        {
            (null, _, _) => "the message that says how many identifiers there are has not come",
            (_, false, _) => "waits for the cohort extractor",
            (_, _, > 0) => "waits for what services have in work",
            _ => "the reports come next",
        };
    }

    private string? VerbOf(string queue) => _consumers.FirstOrDefault(pair => pair.Queue == queue).Verb;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)time.TotalSeconds)} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h"),
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
