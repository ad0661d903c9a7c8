namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>What a COD segment says for all components (ITU T.800 A.6.1).</summary>
/// <param name="StartsPackets">SOP markers may stand before packets.</param>
/// <param name="EndsHeaders">EPH markers stand behind packet headers.</param>
internal sealed record CodingStyle(ProgressionOrder Order, int Layers, bool HasComponentTransform, bool StartsPackets, bool EndsHeaders)
{
    private const int StartsPacketsFlag = 2;
    private const int EndsHeadersFlag = 4;

    public static (CodingStyle Style, ComponentStyle Components) Read(ReadOnlySpan<byte> segment)
    {
        var reader = new SegmentReader(segment);
        var flags = reader.ReadByte();
        var order = reader.ReadByte();
        var layers = reader.ReadUInt16();
        var transform = reader.ReadByte();
        if (order > 4 || layers == 0 || transform > 1)
        {
            throw new DicomFormatException("JPEG 2000: progression order, layers or component transform out of range");
        }

        var style = new CodingStyle((ProgressionOrder)order, layers, transform == 1, (flags & StartsPacketsFlag) != 0, (flags & EndsHeadersFlag) != 0);
        return (style, ComponentStyle.Read(ref reader, (flags & 1) != 0));
    }
}
