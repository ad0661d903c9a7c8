namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Markers, lengths of segments and other numbers of 16 bits in a codestream (ITU T.800 A.1).</summary>
internal static class BigEndianWords
{
    public static void WriteUInt16(this MemoryStream target, int value) => target.Write([(byte)(value >> 8), (byte)value]);
}
