namespace Smi.Dicom;

/// <summary>How the data elements of a data set are laid out: VR in the header or not, and byte order (PS3.5 7.1, 7.3).</summary>
public readonly record struct DataSetEncoding(bool IsExplicit, bool IsBigEndian)
{
    public static readonly DataSetEncoding ImplicitLittleEndian = new(false, false);
    public static readonly DataSetEncoding ExplicitLittleEndian = new(true, false);
    public static readonly DataSetEncoding ExplicitBigEndian = new(true, true);
}
