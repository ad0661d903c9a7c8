using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>What a rule says of one area: a rectangle, the whole image, or the ultrasound regions of the data set; to be blanked, or alone to be kept.</summary>
internal readonly record struct RuleArea(RuleAreaKind Kind, bool IsKept, PixelBox Box)
{
    public static RuleArea WholeImage => new(RuleAreaKind.WholeImage, false, default);
}
