using System.Text.Json.Serialization;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>What every message says about its job, named as in the v6 shape; <see cref="WireShape"/> says what the June 2024 shape makes of it.</summary>
internal abstract class WireMembers
{
    [JsonIgnore]
    public MessageShape Shape { get; set; }

    [JsonRequired]
    public Guid ExtractionJobIdentifier { get; set; }

    [JsonRequired]
    public string ProjectNumber { get; set; } = "";

    [JsonRequired]
    public string ExtractionDirectory { get; set; } = "";

    [JsonRequired]
    public string? Modality { get; set; }

    [JsonRequired]
    [JsonConverter(typeof(UtcTimeConverter))]
    public DateTimeOffset JobSubmittedAt { get; set; }

    [JsonRequired]
    public bool IsIdentifiableExtraction { get; set; }

    [JsonRequired]
    public bool IsNoFilterExtraction { get; set; }

    [JsonRequired]
    public bool IsPooledExtraction { get; set; }

    public Extraction Job() => new()
    {
        JobIdentifier = ExtractionJobIdentifier,
        ProjectNumber = ProjectNumber,
        Directory = ExtractionDirectory,
        Modality = Modality,
        JobSubmittedAt = JobSubmittedAt,
        IsIdentifiable = IsIdentifiableExtraction,
        IsNoFilter = IsNoFilterExtraction,
        IsPooled = IsPooledExtraction,
        Shape = Shape,
    };

    /// <summary>Copies what is said about the job into this message.</summary>
    public void Take(Extraction job)
    {
        Shape = job.Shape;
        ExtractionJobIdentifier = job.JobIdentifier;
        ProjectNumber = job.ProjectNumber;
        ExtractionDirectory = job.Directory;
        Modality = job.Modality;
        JobSubmittedAt = job.JobSubmittedAt;
        IsIdentifiableExtraction = job.IsIdentifiable;
        IsNoFilterExtraction = job.IsNoFilter;
        IsPooledExtraction = job.IsPooled;
    }
}
