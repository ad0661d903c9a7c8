namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>How the components of a scan follow each other (ITU T.87 C.2.3, ILV).</summary>
internal enum JpegLsInterleave
{
    None = 0,
    Line = 1,
    Sample = 2,
}
