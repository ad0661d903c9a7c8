using System.Diagnostics;
using Smi.Deid.Files;
using Smi.Extraction.Settings;
using Smi.Extraction.Tracing;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Extraction.ExtractImages;

/// <summary>One run of extract-images: look at the CSV, make the extraction directory, ask the cohort extractor, tell the packager.</summary>
public sealed class ExtractImagesRun
{
    private const string Producer = "ExtractImages";
    private const int MessagesAtOnce = 8;
    private const int MaxWarnings = 20;

    private readonly SmiSettings _settings;
    private readonly ExtractImagesRequest _request;
    private readonly TimeProvider _clock;
    private readonly IdentifierFile _file;
    private readonly string _name;
    private bool _hasDuplicates;

    /// <exception cref="ExtractImagesException">The request cannot be carried out.</exception>
    public ExtractImagesRun(SmiSettings settings, ExtractImagesRequest request, TimeProvider clock)
    {
        _settings = settings;
        _request = request;
        _clock = clock;
        _file = IdentifierFile.Open(request.CsvFile);
        _name = Path.GetFileNameWithoutExtension(request.CsvFile);
        Directory = $"{request.ProjectId}/extractions/{_name}";
        FullPath = Confine();
        Shape = settings.ExtractImages.MessageShape ?? (request.Modality is null ? MessageShape.June2024 : MessageShape.V6);
        RefuseContradictions();
        Inspect();
    }

    /// <summary>Relative to the extract root.</summary>
    public string Directory { get; }

    public string FullPath { get; }

    public string KeyTag => _file.KeyTag;

    /// <summary>Identifiers, each counted once.</summary>
    public int Count { get; private set; }

    public MessageShape Shape { get; }

    /// <summary>What a person should see before saying yes.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Sends everything and answers with the job's identifier.</summary>
    public async Task<Guid> SendAsync(IMessageBroker broker, CancellationToken cancellation)
    {
        var options = _settings.ExtractImages;
        await using var requests = await broker.OpenPublisherAsync(Of(options.Requests), cancellation);
        await using var infos = await broker.OpenPublisherAsync(Of(options.RequestInfos), cancellation);
        var job = Job();
        using var span = Spans.OfRequest(Producer, job.JobIdentifier);
        span?.SetTag("smi.identifiers", Count);
        System.IO.Directory.CreateDirectory(FullPath);
        await File.WriteAllTextAsync(Path.Combine(FullPath, "jobId.txt"), $"{job.JobIdentifier:D}\n", cancellation);

        foreach (var messages in Distinct().Chunk(options.MaxIdentifiersPerMessage).Chunk(MessagesAtOnce))
        {
            await requests.PublishAsync(
                [.. messages.Select(identifiers => Root(span, new ExtractionRequestMessage { Extraction = job, KeyTag = KeyTag, ExtractionIdentifiers = identifiers }))],
                cancellation);
        }

        var info = new ExtractionRequestInfoMessage { Extraction = job, KeyTag = KeyTag, KeyValueCount = Count, UserName = Environment.UserName };
        await infos.PublishAsync([Root(span, info)], cancellation);
        return job.JobIdentifier;
    }

    // A second answer for the same identifier would never come: the packager counts each once.
    private IEnumerable<string> Distinct()
    {
        var sent = new HashSet<UInt128>();
        return _file.Read().Select(line => line.Identifier).Where(identifier => !_hasDuplicates || sent.Add(Fingerprint(identifier)));
    }

    private static PublisherSpecification Of(ExchangeSettings exchange) =>
        new() { Exchange = exchange.ExchangeName, MaxConfirmAttempts = exchange.MaxConfirmAttempts };

    private OutgoingMessage Root(Activity? span, ExtractionMessage message) => OutgoingMessage.Root(message, Producer, _clock, traceParent: span?.Id);

    private Messaging.Messages.Extraction Job() => new()
    {
        JobIdentifier = Guid.NewGuid(),
        ProjectNumber = _request.ProjectId,
        Directory = Directory,
        Modality = _request.Modality,
        JobSubmittedAt = _clock.GetUtcNow(),
        IsIdentifiable = _request.IsIdentifiable,
        IsNoFilter = _request.IsNoFilter,
        IsPooled = _request.IsPooled,
        Shape = Shape,
    };

    private string Confine()
    {
        var root = _settings.FileSystem.ExtractRoot;
        if (!System.IO.Directory.Exists(root))
        {
            throw new ExtractImagesException($"ExtractRoot {root} does not exist");
        }

        if (_request.ProjectId.Length == 0 || _request.ProjectId.AsSpan().ContainsAny("/\\\0") || new ConfinedRoot(root).Find(Directory) is not { } folder)
        {
            throw new ExtractImagesException($"'{_request.ProjectId}' cannot be the name of a project folder");
        }

        return System.IO.Directory.Exists(folder.FullPath)
            ? throw new ExtractImagesException($"the extraction directory {folder.FullPath} exists already; name the CSV otherwise, or remove the directory")
            : folder.FullPath;
    }

    private void RefuseContradictions()
    {
        var allowed = _settings.ExtractImages.AllowedExtractionKeys;
        if (allowed.Count > 0 && !allowed.Contains(KeyTag))
        {
            throw new ExtractImagesException($"{KeyTag} is not among ExtractImagesOptions.AllowedExtractionKeys: {string.Join(", ", allowed)}");
        }

        if (Shape == MessageShape.V6 && _request.Modality is null)
        {
            throw new ExtractImagesException("messages of v6 need a modality: add -m, or set ExtractImagesOptions.MessageShape to June2024");
        }

        if (_request.IsPooled && PoolObstacle() is { } obstacle)
        {
            throw new ExtractImagesException(obstacle);
        }
    }

    /// <summary>The original's conditions, and that of the shape.</summary>
    private string? PoolObstacle() => _settings.FileSystem.ExtractionPoolRoot switch
    {
        _ when Shape == MessageShape.June2024 => "messages of June 2024 cannot ask for a pooled extraction: add -m for the v6 shape",
        _ when _request.IsIdentifiable => "an identifiable extraction cannot be a pooled one",
        _ when _request.IsNoFilter => "a pooled extraction cannot leave the filters out",
        null => "a pooled extraction needs FileSystemOptions.ExtractionPoolRoot",
        var pool => System.IO.Directory.Exists(pool) ? null : $"FileSystemOptions.ExtractionPoolRoot {pool} does not exist",
    };

    /// <summary>Counts, and warns about duplicates and what is no UID, by line and never by value.</summary>
    private void Inspect()
    {
        var seen = new HashSet<UInt128>();
        var more = 0;
        foreach (var (line, identifier) in _file.Read())
        {
            var isNew = seen.Add(Fingerprint(identifier));
            _hasDuplicates |= !isNew;
            var complaint = !isNew ? "the same identifier stands above; it is sent once" : !IdentifierFile.IsUid(identifier) ? "not a UID" : null;
            if (complaint is null)
            {
                continue;
            }

            if (_request.StrictUids)
            {
                throw new ExtractImagesException($"{_request.CsvFile} line {line}: {complaint}");
            }

            more += Warnings.Count < MaxWarnings ? 0 : 1;
            if (Warnings.Count < MaxWarnings)
            {
                Warnings.Add($"{_request.CsvFile} line {line}: {complaint}");
            }
        }

        if (more > 0)
        {
            Warnings.Add($"{more} more lines like these");
        }

        Count = seen.Count;
        if (Count == 0)
        {
            throw new ExtractImagesException($"{_request.CsvFile} holds no identifiers");
        }
    }

    // 128 bits of a hash stand for the identifier: millions must not fill the memory.
    private static UInt128 Fingerprint(string identifier)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(identifier.AsSpan()), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
