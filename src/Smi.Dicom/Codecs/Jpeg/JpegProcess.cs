namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>The coding processes of T.81 that are understood: those with Huffman coding that are not hierarchical.</summary>
internal enum JpegProcess
{
    /// <summary>Baseline and extended sequential DCT.</summary>
    Sequential,
    Progressive,
    Lossless,
}
