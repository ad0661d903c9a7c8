namespace Smi.Extraction.IsIdentifiable;

/// <summary>A word of a value that seems to identify somebody. A class without a printing ToString: the word may be a patient's name.</summary>
public sealed class FailurePart
{
    public required string Word { get; init; }

    public required FailureClassification Classification { get; init; }

    /// <summary>Where the word stands in the value; -1 when that is not known.</summary>
    public required int Offset { get; init; }
}
