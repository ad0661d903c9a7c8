using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>A box of a frame that will be blanked, and who wants it: the detector or a rule.</summary>
/// <param name="IsExact">
/// Ends at the pixel: what a rule keeps beside it stays as it is. What was found may end with the compressed block, for text has soft edges.
/// </param>
internal readonly record struct PlannedRegion(PixelBox Box, string Source, bool IsExact = false);
