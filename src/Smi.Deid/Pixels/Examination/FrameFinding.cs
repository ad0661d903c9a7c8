using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>What was seen on one frame.</summary>
/// <param name="Boxes">Text, inside the frame.</param>
/// <param name="IsPage">It looks like a scanned page, on which handwriting may be that nobody found.</param>
internal readonly record struct FrameFinding(IReadOnlyList<PixelBox> Boxes, bool IsPage);
