using System.Text.Json.Serialization;
using Smi.Messaging.Messages;

namespace Smi.Messaging.Wire;

/// <summary>The six members that both shapes of every message have, named as on the wire.</summary>
internal abstract class CommonMembers
{
    [JsonRequired]
    public Guid ExtractionJobIdentifier { get; set; }

    [JsonRequired]
    public string ProjectNumber { get; set; } = "";

    [JsonRequired]
    public string ExtractionDirectory { get; set; } = "";

    [JsonRequired]
    [JsonConverter(typeof(UtcTimeConverter))]
    public DateTimeOffset JobSubmittedAt { get; set; }

    [JsonRequired]
    public bool IsIdentifiableExtraction { get; set; }

    [JsonRequired]
    public bool IsNoFilterExtraction { get; set; }

    /// <summary>Copies the common members of a job into this message.</summary>
    public virtual void Take(Extraction job)
    {
        ExtractionJobIdentifier = job.JobIdentifier;
        ProjectNumber = job.ProjectNumber;
        ExtractionDirectory = job.Directory;
        JobSubmittedAt = job.JobSubmittedAt;
        IsIdentifiableExtraction = job.IsIdentifiable;
        IsNoFilterExtraction = job.IsNoFilter;
    }

    protected Extraction Job(MessageShape shape, string? modality, bool pooled) => new()
    {
        JobIdentifier = ExtractionJobIdentifier,
        ProjectNumber = ProjectNumber,
        Directory = ExtractionDirectory,
        Modality = modality,
        JobSubmittedAt = JobSubmittedAt,
        IsIdentifiable = IsIdentifiableExtraction,
        IsNoFilter = IsNoFilterExtraction,
        IsPooled = pooled,
        Shape = shape,
    };
}
