using Smi.Deid.Pixels.Regions;

namespace Smi.Deid.Pixels.Reading;

/// <summary>Which texts may stay visible once they were read.</summary>
public sealed record ReadingPolicy
{
    public required OcrAllowList Allowed { get; init; }

    /// <summary>0 … 100; words that the reader is less certain of do not count as read.</summary>
    public double LeastConfidence { get; init; } = 80;
}
