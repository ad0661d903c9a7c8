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
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);
    private static readonly Option<string> Yaml = SettingsOption.Create();
    private static readonly Argument<Guid?> Job = new("JOB") { Arity = ArgumentArity.ZeroOrOne, Description = "One job; all when not given." };
    private static readonly Option<bool> Wait = new("--wait") { Description = "First wait until the job, or every job and at least one, is complete." };

    public static Command Create() => Verb.Create(
        "status", "Shows the jobs, how far and how fast they are, and what is stuck where.", "smi status ba5415bf-4a74-4f8d-b5df-09b601cc574d --wait -y default.yaml",
        [Job, Yaml, Wait], RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = SettingsOption.Load(arguments, Yaml);
        var wanted = arguments.GetValue(Job);
        var jobs = await ListAsync(settings, wanted, cancellation);
        while (arguments.GetValue(Wait) && (jobs.Count == 0 || jobs.Any(pair => pair.Job.CompletedAt is null)))
        {
            await Task.Delay(Interval, cancellation);
            jobs = await ListAsync(settings, wanted, cancellation);
        }

        if (wanted is not null && jobs.Count == 0)
        {
            throw new UsageException($"job {wanted} is not known to the packager");
        }

        return await PrintAsync(settings, jobs, cancellation);
    }

    private static async Task<IReadOnlyList<(JobRecord Job, JobProgress Progress)>> ListAsync(SmiSettings settings, Guid? wanted, CancellationToken cancellation) =>
        [.. (await CohortPackagerService.ListAsync(settings, TimeProvider.System, cancellation)).Where(pair => wanted is null || pair.Job.Identifier == wanted)];

    private static async Task<int> PrintAsync(SmiSettings settings, IReadOnlyList<(JobRecord Job, JobProgress Progress)> jobs, CancellationToken cancellation)
    {
        var (queues, fault) = await QueuesAsync(settings, cancellation);
        var text = new StatusText(settings, queues, TimeProvider.System.GetUtcNow());
        foreach (var line in jobs.SelectMany(pair => text.Of(pair.Job, pair.Progress)).Concat(text.OfQueues()))
        {
            Console.WriteLine(line);
        }

        if (fault is null)
        {
            return ExitCode.Done;
        }

        await Console.Error.WriteLineAsync($"smi: {fault}");
        return ExitCode.Fault;
    }

    private static async Task<(IReadOnlyList<QueueDepth> Queues, string? Fault)> QueuesAsync(SmiSettings settings, CancellationToken cancellation)
    {
        try
        {
            await using var broker = await Brokers.OpenAsync(settings, TimeProvider.System, NullLogger.Instance, cancellation);
            return broker is IBrokerAdministration administration
                ? (await administration.CountAsync(TopologyOf.Of(settings).Queues, cancellation), null)
                : ([], null);
        }
        catch (BrokerException fault)
        {
            return ([], fault.Message);
        }
    }
}
