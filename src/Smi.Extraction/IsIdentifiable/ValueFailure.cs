namespace Smi.Extraction.IsIdentifiable;

/// <summary>A value in which something identifying was found, as reports show it.</summary>
public sealed class ValueFailure
{
    public required IReadOnlyList<FailurePart> Parts { get; init; }

    /// <summary>The file, relative to the extraction directory.</summary>
    public required string Resource { get; init; }

    /// <summary>Its SOP instance UID.</summary>
    public required string ResourcePrimaryKey { get; init; }

    public required string ProblemField { get; init; }

    public required string ProblemValue { get; init; }
}
