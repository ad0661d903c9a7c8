using Smi.Deid.Files;
using Smi.Dicom;
using Smi.Extraction.Durability;
using Smi.Extraction.Hosting;
using Smi.Extraction.Pipeline;
using Smi.Extraction.Tracing;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.IsIdentifiable;

/// <summary>Reads each anonymised file again and says what identifies somebody in it.</summary>
internal sealed class VerificationHandler : IBatchHandler<OutgoingMessage>
{
    private readonly ServiceContext _context;
    private readonly FileExaminer _examiner;
    private readonly IMessagePublisher _publisher;
    private readonly RootGuard _extractRoot;
    private readonly JobFolders _folders;

    public VerificationHandler(ServiceContext context, FileExaminer examiner, IMessagePublisher publisher)
    {
        _context = context;
        _examiner = examiner;
        _publisher = publisher;
        _extractRoot = new("ExtractRoot", context.Settings.FileSystem.ExtractRoot);
        _folders = new(_extractRoot);
    }

    public string? FindObstacle() => _extractRoot.FindObstacle();

    public async Task<WorkResult<OutgoingMessage>> WorkAsync(ReceivedMessage received, int attempt, CancellationToken cancellation)
    {
        var message = MessageReader.ReadStatus(received.Body.Span);
        received.Note(message.Extraction);
        if (message.Status != ExtractedFileStatus.Anonymised || message.OutputFilePath is not { } output)
        {
            throw new MalformedMessageException("a status that names no anonymised file came to the verification queue");
        }

        var answer = await ExamineAsync(message, output, cancellation);
        received.Note(answer.Status.ToString());
        return new WorkResult<OutgoingMessage>.Done(OutgoingMessage.Answer(received.Header, answer, IsIdentifiableService.ServiceName));
    }

    public async Task FinishAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation)
    {
        using var span = Spans.OfPart("publish");
        await _publisher.PublishAsync(batch, cancellation);
    }

    public OutgoingMessage? GiveUp(ReceivedMessage received, Exception fault)
    {
        var message = MessageReader.ReadStatus(received.Body.Span);
        var answer = Answer(message, message.OutputFilePath ?? "", VerifiedFileStatus.ErrorWontRetry, $"given up after several attempts ({Faults.Name(fault)})");
        return OutgoingMessage.Answer(received.Header, answer, IsIdentifiableService.ServiceName);
    }

    private async Task<ExtractedFileVerificationMessage> ExamineAsync(ExtractedFileStatusMessage message, string output, CancellationToken cancellation)
    {
        var folder = _folders.Find(message.Extraction, out var refusal);
        if (folder?.Find(output) is not { } path || !folder.Holds(path))
        {
            return Answer(message, output, VerifiedFileStatus.ErrorWontRetry, refusal ?? "the output path does not lead to a file of this extraction");
        }

        if (!File.Exists(path.FullPath))
        {
            return Answer(message, output, VerifiedFileStatus.ErrorWontRetry, "the anonymised file is not there");
        }

        using var span = Spans.OfPart("examine");
        try
        {
            var failures = await _examiner.ExamineAsync(path.FullPath, output, FindOriginal(message), cancellation);
            var status = failures.Count == 0 ? VerifiedFileStatus.NotIdentifiable : VerifiedFileStatus.IsIdentifiable;
            return Answer(message, output, status, FailureReport.Write(failures));
        }
        catch (DicomFormatException fault)
        {
            return Answer(message, output, VerifiedFileStatus.ErrorWontRetry, $"the anonymised file cannot be read: {fault.Message}");
        }
    }

    /// <summary>A service that may not read the originals verifies by rules alone.</summary>
    private string? FindOriginal(ExtractedFileStatusMessage message)
    {
        var files = _context.Settings.FileSystem;
        if (!Directory.Exists(files.FileSystemRoot))
        {
            return null;
        }

        var root = new ConfinedRoot(files.FileSystemRoot, files.AllowedSourceRoots);
        return root.Find(message.DicomFilePath) is { } source && File.Exists(source.FullPath) && root.Holds(source) ? source.FullPath : null;
    }

    private ExtractedFileVerificationMessage Answer(ExtractedFileStatusMessage message, string output, VerifiedFileStatus status, string report)
    {
        _context.Metrics.Files.Add(1, status.ToString(), "");
        return new()
        {
            Extraction = message.Extraction,
            Status = status,
            Report = report,
            DicomFilePath = message.DicomFilePath,
            OutputFilePath = output,
        };
    }
}
