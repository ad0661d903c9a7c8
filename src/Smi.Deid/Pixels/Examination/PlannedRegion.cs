using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>A box of a frame that will be blanked, and who wants it: the detector or a rule.</summary>
internal readonly record struct PlannedRegion(PixelBox Box, string Source);
