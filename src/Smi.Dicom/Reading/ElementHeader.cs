namespace Smi.Dicom.Reading;

/// <summary>The header of a data element as it stands in the file (PS3.5 7.1.2 and 7.1.3).</summary>
/// <param name="Length">Value length; null when undefined.</param>
/// <param name="Size">Bytes of the header.</param>
internal readonly record struct ElementHeader(DicomTag Tag, VR VR, uint? Length, int Size)
{
    public const uint UndefinedLength = 0xFFFFFFFF;
    public const int LongestSize = 12;
}
