namespace Smi.Deid.Pixels.Regions;

/// <summary>Where the rectangles of a rule's area come from.</summary>
internal enum RuleAreaKind
{
    Rectangle,

    /// <summary>See <see cref="Regions.ClosedRectangle"/>.</summary>
    ClosedRectangle,

    WholeImage,
    UltrasoundRegions,
}
