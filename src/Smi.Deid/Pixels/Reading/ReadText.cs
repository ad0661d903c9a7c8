namespace Smi.Deid.Pixels.Reading;

/// <summary>What was read in a region. A class without a printing ToString: it may hold a patient's name.</summary>
public sealed class ReadText
{
    public required string Text { get; init; }

    /// <summary>Of the word that is least certain, 0 … 100.</summary>
    public required double Confidence { get; init; }

    /// <summary>Nothing that could be text stands in the region beside the words that were read.</summary>
    public required bool IsComplete { get; init; }
}
