namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>A component of a scan: its index in the frame and the Huffman tables it uses.</summary>
internal readonly record struct ScanComponent(int Index, int DcTable, int AcTable);
