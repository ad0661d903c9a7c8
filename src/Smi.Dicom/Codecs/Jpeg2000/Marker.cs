namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Marker codes of a codestream (ITU T.800 table A.2).</summary>
internal static class Marker
{
    public const int StartOfCodestream = 0xFF4F;
    public const int Capabilities = 0xFF50;
    public const int Size = 0xFF51;
    public const int CodingStyle = 0xFF52;
    public const int ComponentCodingStyle = 0xFF53;
    public const int TilePartLengths = 0xFF55;
    public const int PacketLengthsMain = 0xFF57;
    public const int PacketLengthsTile = 0xFF58;
    public const int Quantization = 0xFF5C;
    public const int ComponentQuantization = 0xFF5D;
    public const int RegionOfInterest = 0xFF5E;
    public const int ProgressionChange = 0xFF5F;
    public const int PackedHeadersMain = 0xFF60;
    public const int PackedHeadersTile = 0xFF61;
    public const int ComponentRegistration = 0xFF63;
    public const int Comment = 0xFF64;
    public const int StartOfTilePart = 0xFF90;
    public const int StartOfPacket = 0xFF91;
    public const int EndOfPacketHeader = 0xFF92;
    public const int StartOfData = 0xFF93;
    public const int EndOfCodestream = 0xFFD9;

    /// <summary>Length of an SOT segment with its marker.</summary>
    public const int StartOfTilePartLength = 12;
}
