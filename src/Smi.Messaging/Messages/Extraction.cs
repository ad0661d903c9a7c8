namespace Smi.Messaging.Messages;

/// <summary>What every extraction message says about the job it belongs to.</summary>
public sealed record Extraction
{
    public required Guid JobIdentifier { get; init; }

    public required string ProjectNumber { get; init; }

    /// <summary>Relative to the extract root.</summary>
    public required string Directory { get; init; }

    /// <summary>Null only in the June 2024 shape, where most messages have no member for it.</summary>
    public required string? Modality { get; init; }

    public required DateTimeOffset JobSubmittedAt { get; init; }

    public bool IsIdentifiable { get; init; }

    public bool IsNoFilter { get; init; }

    /// <summary>Always false in the June 2024 shape, which cannot say it.</summary>
    public bool IsPooled { get; init; }

    public required MessageShape Shape { get; init; }
}
