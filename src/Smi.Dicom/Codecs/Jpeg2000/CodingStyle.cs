namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>What a COD segment says for all components (ITU T.800 A.6.1).</summary>
internal sealed record CodingStyle(ProgressionOrder Order, int Layers, bool HasComponentTransform, bool HasPacketMarkers)
{
    private const int PacketMarkerFlags = 6;

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

        var style = new CodingStyle((ProgressionOrder)order, layers, transform == 1, (flags & PacketMarkerFlags) != 0);
        return (style, ComponentStyle.Read(ref reader, (flags & 1) != 0));
    }
}
