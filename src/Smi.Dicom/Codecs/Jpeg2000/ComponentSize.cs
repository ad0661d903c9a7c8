namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Ssiz, XRsiz and YRsiz of one component.</summary>
internal readonly record struct ComponentSize(int Depth, int SubsamplingX, int SubsamplingY)
{
    public int Precision => (Depth & 0x7F) + 1;

    public bool IsSigned => (Depth & 0x80) != 0;
}
