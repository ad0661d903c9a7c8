using Smi.Dicom;
using Smi.Extraction.Durability;
using Smi.Extraction.Hosting;
using Smi.Extraction.Pipeline;
using Smi.Extraction.Tracing;
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
    private readonly DurableFiles _durable;

    public CopyHandler(ServiceContext context, IMessagePublisher publisher)
    {
        _context = context;
        _publisher = publisher;
        _paths = new(context.Settings.FileSystem);
        _durable = new(_paths, new OutputPermissions("FileCopierOptions", context.Settings.FileCopier.OutputMode, context.Settings.FileCopier.OutputGroup));
    }

    public string? FindObstacle() => _paths.LatestObstacle();

    public Task<WorkResult<PendingCopy>> WorkAsync(ReceivedMessage received, int attempt, CancellationToken cancellation)
    {
        var message = MessageReader.ReadFile(received.Body.Span);
        received.Note(message.Extraction);
        return Task.FromResult(Work(received, message, attempt));
    }

    public async Task FinishAsync(IReadOnlyList<PendingCopy> batch, CancellationToken cancellation)
    {
        var statuses = Commit(batch);
        await PublishAsync(batch, statuses, cancellation);
        foreach (var (answer, status) in batch.Zip(statuses))
        {
            _context.Metrics.Files.Add(1, status.Status.ToString(), "");
            answer.Received.Note(status.Status.ToString());
        }
    }

    public PendingCopy GiveUp(ReceivedMessage received, Exception fault) => Ended(
        received, MessageReader.ReadFile(received.Body.Span), ExtractedFileStatus.ErrorWontRetry, $"given up after several attempts ({Faults.Name(fault)})").Work;

    public void Dispose() => _durable.Dispose();

    private WorkResult<PendingCopy> Work(ReceivedMessage received, ExtractFileMessage message, int attempt)
    {
        if (!message.Extraction.IsIdentifiable)
        {
            return Refused(received, message, "a message of an anonymous extraction came to the file copier");
        }

        return _paths.Find(message, attempt) switch
        {
            PathSearch.NotYet wait => new WorkResult<PendingCopy>.Later(wait.Delay),
            PathSearch.Refused refused => Refused(received, message, refused.Reason),
            PathSearch.Found { Output: var output } when !output.Root.IsFreeOfLinks(output) => Refused(received, message, "the output path leads over a link"),
            PathSearch.Found found => Copy(received, message, found),
            var other => throw new InvalidOperationException($"no answer for {other.GetType().Name}"),
        };
    }

    private WorkResult<PendingCopy>.Done Copy(ReceivedMessage received, ExtractFileMessage message, PathSearch.Found found)
    {
        using var span = Spans.OfPart("copy");
        try
        {
            using var source = DicomFile.OpenHandle(found.Source.FullPath);
            return found.Source.Root.Holds(found.Source, source)
                ? new(new() { Received = received, Message = message, Copy = CopyStage.Copy(source, found.Output) })
                : Refused(received, message, "the source is a link that leads out of its root");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException && !File.Exists(found.Source.FullPath))
        {
            _paths.CheckRoots();
            return Ended(received, message, ExtractedFileStatus.FileMissing, "the source file does not exist");
        }
        catch (DicomFormatException fault)
        {
            // A folder, a pipe or a device: what is copied is not looked into otherwise.
            return Refused(received, message, fault.Message);
        }
    }

    private List<ExtractedFileStatusMessage> Commit(IReadOnlyList<PendingCopy> batch)
    {
        using var span = Spans.OfPart("flush");
        var copies = batch.Select(answer => answer.Copy).OfType<CopyStage>().ToList();
        _durable.FlushContents([.. copies.Select(copy => copy.PartPath)]);
        var statuses = batch.Select(StatusOf).ToList();
        _durable.FlushNames([.. copies.Select(copy => copy.Output.FullPath)]);
        return statuses;
    }

    private async Task PublishAsync(IReadOnlyList<PendingCopy> batch, List<ExtractedFileStatusMessage> statuses, CancellationToken cancellation)
    {
        using var span = Spans.OfPart("publish");
        var key = _context.Settings.FileCopier.RoutingKey;
        await _publisher.PublishAsync(
            [.. batch.Zip(statuses, (answer, status) => OutgoingMessage.Answer(answer.Received.Header, status, FileCopierService.ServiceName, key))], cancellation);
    }

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

    private static WorkResult<PendingCopy>.Done Refused(ReceivedMessage received, ExtractFileMessage message, string reason) =>
        Ended(received, message, ExtractedFileStatus.ErrorWontRetry, reason);

    private static WorkResult<PendingCopy>.Done Ended(ReceivedMessage received, ExtractFileMessage message, ExtractedFileStatus status, string reason) =>
        new(new() { Received = received, Message = message, Status = status, Reason = reason });
}
