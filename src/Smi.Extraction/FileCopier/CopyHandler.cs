using Smi.Extraction.Durability;
using Smi.Extraction.Hosting;
using Smi.Extraction.Pipeline;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.FileCopier;

/// <summary>Copies files of identifiable extractions, with the same order of flushes and statuses as the anonymiser.</summary>
internal sealed class CopyHandler : IBatchHandler<PendingCopy>, IDisposable
{
    private readonly ServiceContext _context;
    private readonly IMessagePublisher _publisher;
    private readonly MessagePaths _paths;
    private readonly Lazy<Flusher> _flusher;

    public CopyHandler(ServiceContext context, IMessagePublisher publisher)
    {
        _context = context;
        _publisher = publisher;
        _paths = new(context.Settings.FileSystem);
        _flusher = new(() => new Flusher(_paths.ExtractRoot));
    }

    public string? FindObstacle() => _paths.LatestObstacle();

    public Task<WorkResult<PendingCopy>> WorkAsync(Delivery delivery, int attempt, CancellationToken cancellation) =>
        Task.FromResult(Work(HeaderTable.Read(delivery.Headers), MessageReader.ReadFile(delivery.Body.Span), attempt));

    public async Task FinishAsync(IReadOnlyList<PendingCopy> batch, CancellationToken cancellation)
    {
        var copies = batch.Select(answer => answer.Copy).OfType<CopyStage>().ToList();
        if (copies.Count > 0)
        {
            _flusher.Value.FlushContents([.. copies.Select(copy => copy.PartPath)]);
        }

        var statuses = batch.Select(StatusOf).ToList();
        if (copies.Count > 0)
        {
            _flusher.Value.FlushNames([.. copies.Select(copy => copy.Output.FullPath)]);
        }

        var key = _context.Settings.FileCopier.RoutingKey;
        await _publisher.PublishAsync(
            [.. batch.Zip(statuses, (answer, status) => OutgoingMessage.Answer(answer.Header, status, FileCopierService.ServiceName, key))], cancellation);
        foreach (var status in statuses)
        {
            _context.Metrics.Files.Add(1, status.Status.ToString(), "");
        }
    }

    public PendingCopy GiveUp(Delivery delivery, Exception fault) => Ended(
        HeaderTable.Read(delivery.Headers), MessageReader.ReadFile(delivery.Body.Span), ExtractedFileStatus.ErrorWontRetry,
        $"given up after several attempts ({Faults.Name(fault)})");

    public void Dispose()
    {
        if (_flusher.IsValueCreated)
        {
            _flusher.Value.Dispose();
        }
    }

    private WorkResult<PendingCopy> Work(MessageHeader header, ExtractFileMessage message, int attempt)
    {
        if (!message.Extraction.IsIdentifiable)
        {
            return Refused(header, message, "a message of an anonymous extraction came to the file copier");
        }

        if (_paths.FindSource(message) is not { } source || !source.Root.Holds(source))
        {
            return Refused(header, message, "the source path leaves the file system root");
        }

        return _paths.FindOutput(message, attempt) switch
        {
            OutputSearch.NotYet wait => new WorkResult<PendingCopy>.Later(wait.Delay),
            OutputSearch.Refused refused => Refused(header, message, refused.Reason),
            OutputSearch.Found { Output: var output } when !output.Root.IsFreeOfLinks(output) =>
                Refused(header, message, "the output path leads over a link"),
            OutputSearch.Found when !File.Exists(source.FullPath) => Missing(header, message),
            OutputSearch.Found { Output: var output } =>
                new WorkResult<PendingCopy>.Done(new() { Header = header, Message = message, Copy = CopyStage.Copy(source.FullPath, output) }),
            var other => throw new InvalidOperationException($"no answer for {other.GetType().Name}"),
        };
    }

    // A root that went away in between makes every file look missing.
    private WorkResult<PendingCopy>.Done Missing(MessageHeader header, ExtractFileMessage message) => _paths.FindObstacle() is { } obstacle
        ? throw new IOException(obstacle)
        : new(Ended(header, message, ExtractedFileStatus.FileMissing, "the source file does not exist"));

    private static ExtractedFileStatusMessage StatusOf(PendingCopy answer)
    {
        var (status, reason) = answer.Copy?.Commit() switch
        {
            null => (answer.Status, answer.Reason),
            true => (ExtractedFileStatus.Copied, null),
            false => (ExtractedFileStatus.ErrorWontRetry, "another file with other content has this name already"),
        };
        return new()
        {
            Extraction = answer.Message.Extraction,
            DicomFilePath = answer.Message.DicomFilePath,
            Status = status,
            OutputFilePath = status == ExtractedFileStatus.Copied ? answer.Message.OutputPath : null,
            StatusMessage = reason,
        };
    }

    private static WorkResult<PendingCopy>.Done Refused(MessageHeader header, ExtractFileMessage message, string reason) =>
        new(Ended(header, message, ExtractedFileStatus.ErrorWontRetry, reason));

    private static PendingCopy Ended(MessageHeader header, ExtractFileMessage message, ExtractedFileStatus status, string reason) =>
        new() { Header = header, Message = message, Status = status, Reason = reason };
}
