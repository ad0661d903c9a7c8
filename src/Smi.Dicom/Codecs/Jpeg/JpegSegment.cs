namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// A marker segment by its place in the codestream: the marker begins at Offset, the parameters after the length field are
/// PayloadStart to PayloadEnd. Entropy-coded data of a scan, restart markers included, is PayloadEnd to End; for other segments End = PayloadEnd.
/// </summary>
internal readonly record struct JpegSegment(byte Marker, int Offset, int PayloadStart, int PayloadEnd, int End)
{
    /// <summary>Marker, parameters and entropy-coded data, without fill bytes before the marker.</summary>
    public ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> codestream) => codestream[(PayloadStart - 4)..End];

    public ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> codestream) => codestream[PayloadStart..PayloadEnd];

    public ReadOnlySpan<byte> Entropy(ReadOnlySpan<byte> codestream) => codestream[PayloadEnd..End];
}
