using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Smi.Extraction.CohortPackager;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Verbs;

namespace Smi.Services;

internal static class StatusVerb
{
    private static readonly Option<string> Yaml = SettingsOption.Create();
    private static readonly Argument<Guid?> Job = new("JOB") { Arity = ArgumentArity.ZeroOrOne, Description = "one job; all when not given" };

    public static Command Create() =>
        Verb.Create("status", "Shows the jobs, how far they are, and what waits where.", "smi status -y default.yaml", [Job, Yaml], RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = SettingsOption.Load(arguments, Yaml);
        var wanted = arguments.GetValue(Job);
        var jobs = await CohortPackagerService.ListAsync(settings, TimeProvider.System, cancellation);
        foreach (var (job, progress) in jobs.Where(pair => wanted is null || pair.Job.Identifier == wanted))
        {
            Print(job, progress);
        }

        if (wanted is not null && jobs.All(pair => pair.Job.Identifier != wanted))
        {
            throw new UsageException($"job {wanted} is not known to the packager");
        }

        return await PrintQueuesAsync(settings, cancellation);
    }

    private static void Print(JobRecord job, JobProgress progress)
    {
        Console.WriteLine($"{job.Identifier}  {job.Project}/{job.Name}  submitted {job.SubmittedAt}");
        Console.WriteLine(job.CompletedAt is { } completed
            ? $"  complete since {completed}: {progress.Files} files"
            : $"  {progress.Collections} of {job.KeyCount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} identifiers found, {progress.Files - progress.Unanswered} of {progress.Files} files done{Stuck(job, progress)}");
    }

    private static string Stuck(JobRecord job, JobProgress progress) => (job.KeyCount, progress.Unanswered) switch
    {
        (null, _) => "; the request info has not come",
        ( > 0, _) when progress.Collections < job.KeyCount => "; waits for the cohort extractor",
        (_, > 0) => "; waits for the anonymiser, the copier or the verification",
        _ => "; the reports come next",
    };

    private static async Task<int> PrintQueuesAsync(SmiSettings settings, CancellationToken cancellation)
    {
        try
        {
            await using var broker = await Brokers.OpenAsync(settings, TimeProvider.System, NullLogger.Instance, cancellation);
            if (broker is IBrokerAdministration administration)
            {
                foreach (var depth in await administration.CountAsync(TopologyOf.Of(settings).Queues, cancellation))
                {
                    var stuck = depth is { Messages: > 0, Consumers: 0 } ? "  <- nobody consumes it" : "";
                    Console.WriteLine($"{depth.Queue,-40} {depth.Messages,8} waiting {depth.Consumers,4} consumers{stuck}");
                }
            }

            return ExitCode.Done;
        }
        catch (BrokerException fault)
        {
            await Console.Error.WriteLineAsync($"smi: {fault.Message}");
            return ExitCode.Fault;
        }
    }
}
