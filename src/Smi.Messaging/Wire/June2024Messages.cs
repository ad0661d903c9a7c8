using System.Text.Json.Serialization;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>The June 2024 shape: three messages have a modality, each under its own name, and none says whether the extraction is pooled.</summary>
internal abstract class June2024Members : CommonMembers
{
    public Extraction Job(string? modality = null) => Job(MessageShape.June2024, modality, pooled: false);
}

internal sealed class Request2024 : June2024Members
{
    [JsonRequired]
    public string KeyTag { get; set; } = "";

    /// <summary>Several are separated by commas.</summary>
    [JsonRequired]
    public string? Modalities { get; set; }

    [JsonRequired]
    public List<string> ExtractionIdentifiers { get; set; } = [];

    public override void Take(Extraction job)
    {
        base.Take(job);
        Modalities = job.Modality;
    }
}

internal sealed class RequestInfo2024 : June2024Members
{
    [JsonRequired]
    public string KeyTag { get; set; } = "";

    [JsonRequired]
    public int KeyValueCount { get; set; }

    [JsonRequired]
    public string? ExtractionModality { get; set; }

    [JsonRequired]
    public string UserName { get; set; } = "";

    public override void Take(Extraction job)
    {
        base.Take(job);
        ExtractionModality = job.Modality;
    }
}

internal sealed class File2024 : June2024Members
{
    [JsonRequired]
    public string DicomFilePath { get; set; } = "";

    [JsonRequired]
    public string OutputPath { get; set; } = "";

    [JsonRequired]
    public string? Modality { get; set; }

    public override void Take(Extraction job)
    {
        base.Take(job);
        Modality = job.Modality;
    }
}

internal sealed class CollectionInfo2024 : June2024Members
{
    [JsonRequired]
    public string KeyValue { get; set; } = "";

    [JsonRequired]
    public WireDispatched ExtractFileMessagesDispatched { get; set; } = new();

    [JsonRequired]
    public Dictionary<string, int> RejectionReasons { get; set; } = [];
}

internal sealed class Status2024 : June2024Members
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

internal sealed class Verification2024 : June2024Members
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
