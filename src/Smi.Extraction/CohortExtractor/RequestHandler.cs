using Microsoft.Extensions.Logging;
using Smi.Extraction.Hosting;
using Smi.Extraction.Pipeline;
using Smi.Extraction.Settings;
using Smi.Extraction.Tracing;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.CohortExtractor;

/// <summary>For each identifier a message per accepted file, then the list of them and the count of the rejected ones.</summary>
internal sealed partial class RequestHandler : IBatchHandler<RequestAnswer>
{
    private readonly ServiceContext _context;
    private readonly CohortExtractorSettings _settings;
    private readonly IFulfiller _fulfiller;
    private readonly IReadOnlyList<IRejector> _rejectors;
    private readonly Func<CandidateFile, Messaging.Messages.Extraction, string> _resolve;
    private readonly IMessagePublisher _files;
    private readonly IMessagePublisher _infos;
    private readonly FileSampling _sampling;
    private readonly ILogger _log;

    public RequestHandler(
        ServiceContext context, IFulfiller fulfiller, IReadOnlyList<IRejector> rejectors,
        Func<CandidateFile, Messaging.Messages.Extraction, string> resolve, IMessagePublisher files, IMessagePublisher infos)
    {
        _context = context;
        _settings = context.Settings.CohortExtractor;
        _fulfiller = fulfiller;
        _rejectors = rejectors;
        _resolve = resolve;
        _files = files;
        _infos = infos;
        _sampling = new(context.Settings.Tracing.OneFileIn);
        _log = context.Logs.CreateLogger(CohortExtractorService.ServiceName);
    }

    public string? FindObstacle() => null;

    public async Task<WorkResult<RequestAnswer>> WorkAsync(ReceivedMessage received, int attempt, CancellationToken cancellation)
    {
        var header = received.Header;
        var request = MessageReader.ReadRequest(received.Body.Span);
        received.Note(request.Extraction);
        var modalities = (request.Extraction.Modality ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var identifiers = request.ExtractionIdentifiers.Distinct(StringComparer.Ordinal).ToList();
        var candidates = await FindAsync(request.KeyTag, identifiers, modalities, cancellation);
        var reasons = await RejectAsync(request, candidates, cancellation);
        var byKey = candidates.Zip(reasons).ToLookup(pair => pair.First.Key, StringComparer.Ordinal);
        var rejected = reasons.Count(reason => reason is not null);
        LogAnswered(_log, header.MessageGuid, request.Extraction.JobIdentifier, identifiers.Count, reasons.Count - rejected, rejected);
        return new WorkResult<RequestAnswer>.Done(Answer(header, request, identifiers, byKey));
    }

    public async Task FinishAsync(IReadOnlyList<RequestAnswer> batch, CancellationToken cancellation)
    {
        using var span = Spans.OfPart("publish");

        // Files first: a packager that knows a list of files must find that every one of them was really asked for.
        await _files.PublishAsync([.. batch.SelectMany(answer => answer.Files)], cancellation);
        await _infos.PublishAsync([.. batch.SelectMany(answer => answer.Infos)], cancellation);
        _context.Metrics.Files.Add(batch.Sum(answer => answer.Files.Count), "dispatched", "");
    }

    // A request is never dropped: without its answer the job would never be complete.
    public RequestAnswer? GiveUp(ReceivedMessage received, Exception fault) => null;

    private async Task<IReadOnlyList<CandidateFile>> FindAsync(string keyTag, List<string> identifiers, string[] modalities, CancellationToken cancellation)
    {
        using var span = Spans.OfPart("find");
        return await _fulfiller.FindAsync(keyTag, identifiers, modalities, cancellation);
    }

    private async Task<IReadOnlyList<string?>> RejectAsync(ExtractionRequestMessage request, IReadOnlyList<CandidateFile> files, CancellationToken cancellation)
    {
        var reasons = new string?[files.Count];
        if (request.Extraction.IsNoFilter)
        {
            return reasons;
        }

        using var span = Spans.OfPart("reject");
        foreach (var rejector in _rejectors)
        {
            var rejected = await rejector.RejectAsync(files, cancellation);
            for (var index = 0; index < reasons.Length; index++)
            {
                reasons[index] ??= rejected[index];
            }
        }

        return reasons;
    }

    private RequestAnswer Answer(
        MessageHeader header, ExtractionRequestMessage request, List<string> identifiers, ILookup<string, (CandidateFile File, string? Reason)> byKey)
    {
        var files = new List<OutgoingMessage>();
        var infos = new List<OutgoingMessage>();
        foreach (var identifier in identifiers)
        {
            var found = byKey[identifier].DistinctBy(pair => pair.File.FilePath, StringComparer.Ordinal).ToList();
            var sent = found.Where(pair => pair.Reason is null).Select(pair => Ask(header, request, pair.File)).ToList();
            files.AddRange(sent.Select(pair => pair.Message));
            infos.Add(Info(header, request, identifier, [.. sent.Select(pair => pair.Dispatched)], Reasons(found.Select(pair => pair.Reason))));
        }

        return new() { Files = files, Infos = infos };
    }

    private (OutgoingMessage Message, DispatchedFile Dispatched) Ask(MessageHeader header, ExtractionRequestMessage request, CandidateFile file)
    {
        var job = ForOneFile(request.Extraction, file);
        var message = new ExtractFileMessage { Extraction = job, DicomFilePath = file.FilePath, OutputPath = _resolve(file, job) };
        var key = job.IsIdentifiable ? _settings.IdentRoutingKey : _settings.AnonRoutingKey;
        var outgoing = _sampling.Decide(OutgoingMessage.Answer(header, message, CohortExtractorService.ServiceName, key));
        return (outgoing, new DispatchedFile { Header = outgoing.Header, OutputPath = message.OutputPath });
    }

    private static OutgoingMessage Info(
        MessageHeader header, ExtractionRequestMessage request, string identifier, IReadOnlyList<DispatchedFile> dispatched, Dictionary<string, int> reasons) =>
        OutgoingMessage.Answer(
            header,
            new ExtractFileCollectionInfoMessage { Extraction = request.Extraction, KeyValue = identifier, Dispatched = dispatched, RejectionReasons = reasons },
            CohortExtractorService.ServiceName);

    /// <summary>A request of 2024 may name several modalities or none; a file has one, from its metadata.</summary>
    private static Messaging.Messages.Extraction ForOneFile(Messaging.Messages.Extraction job, CandidateFile file) =>
        job.Shape == MessageShape.V6 ? job : job with { Modality = file.Modality ?? (job.Modality?.Contains(',') == true ? null : job.Modality) };

    private static Dictionary<string, int> Reasons(IEnumerable<string?> reasons) =>
        reasons.OfType<string>().GroupBy(reason => reason, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count());

    [LoggerMessage(Level = LogLevel.Information, Message = "Request {Message} of job {Job}: {Identifiers} identifiers, {Files} files to ask for, {Rejected} rejected")]
    private static partial void LogAnswered(ILogger log, Guid message, Guid job, int identifiers, int files, int rejected);
}
