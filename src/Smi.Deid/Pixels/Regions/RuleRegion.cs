using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>A rectangle that a rule wants blanked, clipped to the image.</summary>
/// <param name="Box">In pixels of the image, or of the overlay.</param>
/// <param name="Frame">Zero based; null for all frames.</param>
/// <param name="Overlay">Zero-based number of the overlay; null for Pixel Data and every overlay.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="File">The name of the file with the rule.</param>
/// <param name="Line">Where the rule stands in it.</param>
/// <param name="IsClipped">The rule says more than the image has.</param>
public sealed record RuleRegion(PixelBox Box, int? Frame, int? Overlay, string Rule, string File, int Line, bool IsClipped)
{
    /// <summary>For reports: file, line and name of the rule.</summary>
    public string Source => $"rule {File}:{Line} {Rule}{(IsClipped ? " (clipped to the image)" : string.Empty)}";
}
