namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Code-block style (ITU T.800 table A.19).</summary>
[Flags]
internal enum BlockStyle
{
    None = 0,
    Bypass = 1,
    ResetContexts = 2,
    TerminateEachPass = 4,
    VerticallyCausal = 8,
    PredictableTermination = 16,
    SegmentationSymbols = 32,
}
