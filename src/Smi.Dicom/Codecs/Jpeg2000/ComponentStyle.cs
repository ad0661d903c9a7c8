namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Decomposition, code-blocks and precincts of a component (SPcod and SPcoc, ITU T.800 table A.15).</summary>
internal sealed record ComponentStyle
{
    private const int MaximumLevels = 32;
    private const int LargestPrecinct = 15;

    public required int Levels { get; init; }

    /// <summary>Exponents of the largest code-block.</summary>
    public required int BlockWidth { get; init; }

    public required int BlockHeight { get; init; }

    public required BlockStyle BlockStyle { get; init; }

    /// <summary>The 5/3 filter; else 9/7.</summary>
    public required bool IsReversible { get; init; }

    /// <summary>One byte for each resolution, the exponent of the height in its upper half; empty for the largest.</summary>
    public required byte[] Precincts { get; init; }

    public int PrecinctWidth(int resolution) => Precincts.Length == 0 ? LargestPrecinct : Precincts[resolution] & 0x0F;

    public int PrecinctHeight(int resolution) => Precincts.Length == 0 ? LargestPrecinct : Precincts[resolution] >> 4;

    public static ComponentStyle Read(ref SegmentReader reader, bool hasPrecincts)
    {
        var levels = reader.ReadByte();
        var (width, height) = (reader.ReadByte() + 2, reader.ReadByte() + 2);
        var style = reader.ReadByte();
        var filter = reader.ReadByte();
        if (levels > MaximumLevels || width > 10 || height > 10 || width + height > 12 || style > 63 || filter > 1)
        {
            throw new DicomFormatException("JPEG 2000: levels, code-blocks or filter out of range");
        }

        var precincts = hasPrecincts ? reader.ReadBytes(levels + 1).ToArray() : [];

        // B.6: an exponent of 0 divides a subband into nothing, except at the lowest resolution.
        if (precincts.Skip(1).Any(size => (size & 0x0F) == 0 || size >> 4 == 0))
        {
            throw new DicomFormatException("JPEG 2000: precincts are too small");
        }

        return new ComponentStyle
        {
            Levels = levels,
            BlockWidth = width,
            BlockHeight = height,
            BlockStyle = (BlockStyle)style,
            IsReversible = filter == 1,
            Precincts = precincts,
        };
    }
}
