namespace Smi.Deid.Pixels.Regions;

/// <summary>Where the rectangles of a rule's area come from.</summary>
internal enum RuleAreaKind
{
    Rectangle,

    /// <summary>A corner and a size, see <see cref="CtpRegion"/>.</summary>
    CtpRegion,

    WholeImage,
    UltrasoundRegions,
}
