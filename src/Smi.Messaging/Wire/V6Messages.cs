using System.Text.Json.Serialization;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>The v6 shape: two more common members, the same in every message.</summary>
internal abstract class V6Members : CommonMembers
{
    [JsonRequired]
    public string Modality { get; set; } = "";

    [JsonRequired]
    public bool IsPooledExtraction { get; set; }

    public Extraction Job() => Job(MessageShape.V6, Modality, IsPooledExtraction);

    public override void Take(Extraction job)
    {
        base.Take(job);
        Modality = job.Modality ?? throw new InvalidOperationException("a v6 message needs a modality");
        IsPooledExtraction = job.IsPooled;
    }
}

internal sealed class RequestV6 : V6Members
{
    [JsonRequired]
    public string KeyTag { get; set; } = "";

    [JsonRequired]
    public List<string> ExtractionIdentifiers { get; set; } = [];
}

internal sealed class RequestInfoV6 : V6Members
{
    [JsonRequired]
    public string KeyTag { get; set; } = "";

    [JsonRequired]
    public int KeyValueCount { get; set; }

    [JsonRequired]
    public string UserName { get; set; } = "";
}

internal sealed class FileV6 : V6Members
{
    [JsonRequired]
    public string DicomFilePath { get; set; } = "";

    [JsonRequired]
    public string OutputPath { get; set; } = "";
}

internal sealed class CollectionInfoV6 : V6Members
{
    [JsonRequired]
    public string KeyValue { get; set; } = "";

    [JsonRequired]
    public WireDispatched ExtractFileMessagesDispatched { get; set; } = new();

    [JsonRequired]
    public Dictionary<string, int> RejectionReasons { get; set; } = [];
}

internal sealed class StatusV6 : V6Members
{
    [JsonRequired]
    public string DicomFilePath { get; set; } = "";

    [JsonRequired]
    public ExtractedFileStatus Status { get; set; }

    [JsonRequired]
    public string? OutputFilePath { get; set; }

    [JsonRequired]
    public string? StatusMessage { get; set; }
}

internal sealed class VerificationV6 : V6Members
{
    [JsonRequired]
    public VerifiedFileStatus Status { get; set; }

    [JsonRequired]
    public string Report { get; set; } = "";

    [JsonRequired]
    public string DicomFilePath { get; set; } = "";

    [JsonRequired]
    public string OutputFilePath { get; set; } = "";
}
