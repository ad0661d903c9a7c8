using System.Diagnostics;
using Smi.Deid;
using Smi.Deid.Files;
using Smi.Deid.Tools;
using Smi.Extraction.Durability;
using Smi.Extraction.Hosting;
using Smi.Extraction.Pipeline;
using Smi.Extraction.Settings;
using Smi.Extraction.Tracing;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.DicomAnonymiser;

/// <summary>Stages files and finishes batches of them: flush, name, flush the names, publish. The table "What becomes of a message" is here.</summary>
internal sealed class AnonymiserHandler : IBatchHandler<PendingAnswer>, IDisposable
{
    // Processes are killed from outside too, most often soon after their start, and the broker delivers the same message first each time. A message
    // that was in work at a death is taken up by a process that has lived for a while, so that the second death with it in work is its own doing.
    private static readonly TimeSpan AgeForSuspects = TimeSpan.FromSeconds(5);

    private readonly ServiceContext _context;
    private readonly DicomAnonymiserSettings _settings;
    private readonly Deidentifier _deidentifier;
    private readonly IMessagePublisher _publisher;
    private readonly MessagePaths _paths;
    private readonly WorkJournal _journal;
    private readonly WorkGate _gate;
    private readonly DurableFiles _durable;
    private readonly long _started;

    public AnonymiserHandler(ServiceContext context, Deidentifier deidentifier, IMessagePublisher publisher, WorkJournal journal)
    {
        _context = context;
        _started = context.Clock.GetTimestamp();
        _settings = context.Settings.DicomAnonymiser;
        _deidentifier = deidentifier;
        _publisher = publisher;
        _journal = journal;
        _gate = new(_settings.Parallelism);
        _paths = new(context.Settings.FileSystem);
        _durable = new(_paths, new OutputPermissions("DicomAnonymiserOptions", _settings.OutputMode, _settings.OutputGroup));
    }

    public string FlushDescription => _durable.Description;

    public string? FindObstacle() => _paths.LatestObstacle();

    public async Task<WorkResult<PendingAnswer>> WorkAsync(ReceivedMessage received, int attempt, CancellationToken cancellation)
    {
        var (header, message) = (received.Header, MessageReader.ReadFile(received.Body.Span));
        received.Note(message.Extraction);
        _context.Metrics.QueueLagSeconds.Set(Math.Max(0, _context.Clock.GetUtcNow().ToUnixTimeSeconds() - header.OriginalPublishTimestamp));
        if (RefusalOf(header, message) is { } refusal)
        {
            return Ended(received, message, refusal);
        }

        if (_journal.IsSuspect(header.MessageGuid) && AgeForSuspects - _context.Clock.GetElapsedTime(_started) is { Ticks: > 0 } wait)
        {
            return new WorkResult<PendingAnswer>.Later(wait);
        }

        return _paths.Find(message, attempt) switch
        {
            PathSearch.NotYet search => new WorkResult<PendingAnswer>.Later(search.Delay),
            PathSearch.Refused refused => Ended(received, message, Refused(refused.Reason)),
            PathSearch.Found { Source: var source } when _settings.FailIfSourceWriteable && OriginalFile.IsWriteable(source.FullPath) =>
                Ended(received, message, Refused("the source file is writeable, and FailIfSourceWriteable is set")),
            PathSearch.Found found => await StageAsync(received, message, found, cancellation),
            var other => throw new InvalidOperationException($"no answer for {other.GetType().Name}"),
        };
    }

    public async Task FinishAsync(IReadOnlyList<PendingAnswer> batch, CancellationToken cancellation)
    {
        var outcomes = Commit(batch);
        await PublishAsync(batch, outcomes, cancellation);
        foreach (var (answer, outcome) in batch.Zip(outcomes))
        {
            Count(answer.Received, outcome);
            _journal.Acquit(answer.Received.Header.MessageGuid);
        }
    }

    public PendingAnswer GiveUp(ReceivedMessage received, Exception fault) => new()
    {
        Received = received,
        Message = MessageReader.ReadFile(received.Body.Span),
        Outcome = fault is ToolException tool
            ? new DeidOutcome.Refused(StageNames.Of(tool.Stage), $"given up after {_settings.MaxAttempts} attempts: {tool.Message}")
            : Refused($"given up after {_settings.MaxAttempts} attempts ({Faults.Name(fault)})"),
    };

    public void Dispose()
    {
        _gate.Dispose();
        _durable.Dispose();
    }

    private List<DeidOutcome> Commit(IReadOnlyList<PendingAnswer> batch)
    {
        using var span = Spans.OfPart("flush");
        var started = Stopwatch.GetTimestamp();
        _durable.FlushContents([.. batch.Select(answer => answer.File?.PartPath).OfType<string>()]);
        var outcomes = batch.Select(answer => answer.File?.Commit() ?? answer.Outcome ?? throw new InvalidOperationException("an answer has a file or an outcome")).ToList();
        _durable.FlushNames([.. batch.Select(answer => answer.File?.Output.FullPath).OfType<string>()]);
        _context.Metrics.Seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds, "flush");
        return outcomes;
    }

    private async Task PublishAsync(IReadOnlyList<PendingAnswer> batch, List<DeidOutcome> outcomes, CancellationToken cancellation)
    {
        using var span = Spans.OfPart("publish");
        var started = Stopwatch.GetTimestamp();
        await _publisher.PublishAsync(
            [.. batch.Zip(outcomes, (answer, outcome) => Answers.To(answer.Received.Header, answer.Message, outcome, _settings))], cancellation);
        _context.Metrics.Seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds, "publish");
    }

    /// <summary>What can be refused before anything is read.</summary>
    private DeidOutcome.Refused? RefusalOf(MessageHeader header, ExtractFileMessage message)
    {
        if (message.Extraction.IsIdentifiable)
        {
            return Refused("a message of an identifiable extraction came to the anonymiser");
        }

        return _journal.IsCondemned(header.MessageGuid) ? Refused("the service died twice while it worked on this file alone") : null;
    }

    private async Task<WorkResult<PendingAnswer>> StageAsync(
        ReceivedMessage received, ExtractFileMessage message, PathSearch.Found found, CancellationToken cancellation)
    {
        var guid = received.Header.MessageGuid;
        var job = new DeidJob
        {
            Source = found.Source,
            Output = found.Output,
            Project = message.Extraction.ProjectNumber,
            SubmittedAt = message.Extraction.JobSubmittedAt,
        };
        using var entered = await _gate.EnterAsync(_journal.IsSuspect(guid), cancellation);
        using var noted = _journal.Begin(guid);
        var started = Stopwatch.GetTimestamp();
        var result = _deidentifier.Stage(job, cancellation);
        _context.Metrics.Seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds, "stage");

        if (result.Outcome is DeidOutcome.SourceMissing)
        {
            _paths.CheckRoots();
        }

        return new WorkResult<PendingAnswer>.Done(new() { Received = received, Message = message, File = result.File, Outcome = result.Outcome });
    }

    private void Count(ReceivedMessage received, DeidOutcome outcome)
    {
        var (name, stage) = outcome switch
        {
            DeidOutcome.Deidentified => ("anonymised", ""),
            DeidOutcome.SourceMissing => ("missing", ""),
            DeidOutcome.Refused refused => ("refused", refused.Stage),
            _ => throw new InvalidOperationException($"no metric for {outcome.GetType().Name}"),
        };
        _context.Metrics.Files.Add(1, name, stage);
        received.Note(name, stage);
        if (outcome is DeidOutcome.Deidentified { Report: var report })
        {
            _context.Metrics.Redactions.Add(report.Regions.Count, "regions");
            _context.Metrics.Redactions.Add(report.Removed, "removed");
            _context.Metrics.Redactions.Add(report.Replaced, "replaced");
        }
    }

    private static WorkResult<PendingAnswer>.Done Ended(ReceivedMessage received, ExtractFileMessage message, DeidOutcome outcome) =>
        new(new PendingAnswer { Received = received, Message = message, Outcome = outcome });

    private static DeidOutcome.Refused Refused(string reason) => new("message", reason);
}
