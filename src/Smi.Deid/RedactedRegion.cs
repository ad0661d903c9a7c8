namespace Smi.Deid;

/// <summary>A blanked rectangle, in pixels: x0 and y0 inside, x1 and y1 outside.</summary>
/// <param name="Frame">Zero based.</param>
/// <param name="Overlay">Group of the overlay, as 6000; null for Pixel Data.</param>
/// <param name="Source">Detector or rule.</param>
public sealed record RedactedRegion(int Frame, ushort? Overlay, int X0, int Y0, int X1, int Y1, string Source);
