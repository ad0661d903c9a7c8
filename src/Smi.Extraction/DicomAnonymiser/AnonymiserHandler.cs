using System.Diagnostics;
using Smi.Deid;
using Smi.Deid.Files;
using Smi.Deid.Tools;
using Smi.Extraction.Durability;
using Smi.Extraction.Hosting;
using Smi.Extraction.Pipeline;
using Smi.Extraction.Settings;
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
    private readonly Lazy<Flusher> _flusher;
    private readonly uint? _group;
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
        _flusher = new(() => new Flusher(_paths.ExtractRoot));
        _group = _settings.OutputGroup is { } group ? UnixGroup.Find(group) : null;
    }

    public string FlushDescription => _flusher.Value.Description;

    public string? FindObstacle() => _paths.LatestObstacle();

    public async Task<WorkResult<PendingAnswer>> WorkAsync(Delivery delivery, int attempt, CancellationToken cancellation)
    {
        var header = HeaderTable.Read(delivery.Headers);
        var message = MessageReader.ReadFile(delivery.Body.Span);
        _context.Metrics.QueueLagSeconds.Set(Math.Max(0, _context.Clock.GetUtcNow().ToUnixTimeSeconds() - header.OriginalPublishTimestamp));
        if (RefusalOf(header, message) is { } refusal)
        {
            return Ended(header, message, refusal);
        }

        if (_journal.IsSuspect(header.MessageGuid) && AgeForSuspects - _context.Clock.GetElapsedTime(_started) is { Ticks: > 0 } wait)
        {
            return new WorkResult<PendingAnswer>.Later(wait);
        }

        if (_paths.FindSource(message) is not { } source)
        {
            return Ended(header, message, Refused("the source path leaves the file system root"));
        }

        if (_settings.FailIfSourceWriteable && SourceFile.IsWriteable(source.FullPath))
        {
            return Ended(header, message, Refused("the source file is writeable, and FailIfSourceWriteable is set"));
        }

        return _paths.FindOutput(message, attempt) switch
        {
            OutputSearch.NotYet search => new WorkResult<PendingAnswer>.Later(search.Delay),
            OutputSearch.Refused refused => Ended(header, message, Refused(refused.Reason)),
            OutputSearch.Found found => await StageAsync(header, message, source, found.Output, cancellation),
            var other => throw new InvalidOperationException($"no answer for {other.GetType().Name}"),
        };
    }

    public async Task FinishAsync(IReadOnlyList<PendingAnswer> batch, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var parts = batch.Select(answer => answer.File?.PartPath).OfType<string>().ToList();
        if (parts.Count > 0)
        {
            parts.ForEach(Hand);
            _flusher.Value.FlushContents(parts);
        }

        var outcomes = batch.Select(answer => answer.File?.Commit() ?? answer.Outcome ?? throw new InvalidOperationException("an answer has a file or an outcome")).ToList();
        if (parts.Count > 0)
        {
            _flusher.Value.FlushNames([.. batch.Select(answer => answer.File?.Output.FullPath).OfType<string>()]);
        }

        _context.Metrics.Seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds, "flush");

        started = Stopwatch.GetTimestamp();
        await _publisher.PublishAsync([.. batch.Zip(outcomes, (answer, outcome) => Answers.To(answer.Header, answer.Message, outcome, _settings))], cancellation);
        _context.Metrics.Seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds, "publish");
        outcomes.ForEach(Count);
        foreach (var answer in batch)
        {
            _journal.Acquit(answer.Header.MessageGuid);
        }
    }

    public PendingAnswer GiveUp(Delivery delivery, Exception fault) => new()
    {
        Header = HeaderTable.Read(delivery.Headers),
        Message = MessageReader.ReadFile(delivery.Body.Span),
        Outcome = fault is ToolException tool
            ? new DeidOutcome.Refused(StageNames.Of(tool.Stage), $"given up after {_settings.MaxAttempts} attempts: {tool.Message}")
            : Refused($"given up after {_settings.MaxAttempts} attempts ({Faults.Name(fault)})"),
    };

    public void Dispose()
    {
        _gate.Dispose();
        if (_flusher.IsValueCreated)
        {
            _flusher.Value.Dispose();
        }
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
        MessageHeader header, ExtractFileMessage message, ConfinedPath source, ConfinedPath output, CancellationToken cancellation)
    {
        var job = new DeidJob
        {
            Source = source,
            Output = output,
            Project = message.Extraction.ProjectNumber,
            SubmittedAt = message.Extraction.JobSubmittedAt,
        };
        using var entered = await _gate.EnterAsync(_journal.IsSuspect(header.MessageGuid), cancellation);
        using var noted = _journal.Begin(header.MessageGuid);
        var started = Stopwatch.GetTimestamp();
        var result = _deidentifier.Stage(job, cancellation);
        _context.Metrics.Seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds, "stage");

        // A root that went away in between makes every file look missing.
        if (result.Outcome is DeidOutcome.SourceMissing && _paths.FindObstacle() is { } obstacle)
        {
            throw new IOException(obstacle);
        }

        return new WorkResult<PendingAnswer>.Done(new() { Header = header, Message = message, File = result.File, Outcome = result.Outcome });
    }

    /// <summary>Permissions and group of those the file is for, given before it has its name.</summary>
    private void Hand(string part)
    {
        if (_group is { } group)
        {
            NativeFile.ChangeGroup(part, group);
        }

        if (_settings.OutputMode is { } mode)
        {
            File.SetUnixFileMode(part, mode);
        }
    }

    private void Count(DeidOutcome outcome)
    {
        var (name, stage) = outcome switch
        {
            DeidOutcome.Deidentified => ("anonymised", ""),
            DeidOutcome.SourceMissing => ("missing", ""),
            DeidOutcome.Refused refused => ("refused", refused.Stage),
            _ => throw new InvalidOperationException($"no metric for {outcome.GetType().Name}"),
        };
        _context.Metrics.Files.Add(1, name, stage);
        if (outcome is DeidOutcome.Deidentified { Report: var report })
        {
            _context.Metrics.Redactions.Add(report.Regions.Count, "regions");
            _context.Metrics.Redactions.Add(report.Removed, "removed");
            _context.Metrics.Redactions.Add(report.Replaced, "replaced");
        }
    }

    private static WorkResult<PendingAnswer>.Done Ended(MessageHeader header, ExtractFileMessage message, DeidOutcome outcome) =>
        new(new PendingAnswer { Header = header, Message = message, Outcome = outcome });

    private static DeidOutcome.Refused Refused(string reason) => new("message", reason);
}
