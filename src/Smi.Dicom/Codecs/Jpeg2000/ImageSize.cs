namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The SIZ segment (ITU T.800 A.5.1): the image and its tiles on the reference grid.</summary>
internal sealed record ImageSize
{
    private const int HighThroughputCapability = 0x4000;

    public required Area Image { get; init; }

    public required int TileOffsetX { get; init; }

    public required int TileOffsetY { get; init; }

    public required int TileWidth { get; init; }

    public required int TileHeight { get; init; }

    public required ComponentSize[] Components { get; init; }

    public int TilesAcross => Area.CeilingDivide(Image.X1 - TileOffsetX, TileWidth);

    public long TileCount => (long)TilesAcross * Area.CeilingDivide(Image.Y1 - TileOffsetY, TileHeight);

    public static ImageSize Read(ReadOnlySpan<byte> segment)
    {
        var reader = new SegmentReader(segment);
        if ((reader.ReadUInt16() & HighThroughputCapability) != 0)
        {
            throw new DicomFormatException("JPEG 2000: high-throughput block coding is not supported");
        }

        var (x1, y1, x0, y0) = (reader.ReadSize(), reader.ReadSize(), reader.ReadSize(), reader.ReadSize());
        var (tileWidth, tileHeight) = (ReadTileSize(ref reader), ReadTileSize(ref reader));
        var (tileX, tileY) = (reader.ReadSize(), reader.ReadSize());
        var components = new ComponentSize[Math.Min(reader.ReadUInt16(), reader.Remaining / 3)];
        for (var index = 0; index < components.Length; index++)
        {
            components[index] = new ComponentSize(reader.ReadByte(), reader.ReadByte(), reader.ReadByte());
        }

        var size = new ImageSize
        {
            Image = new Area(x0, y0, x1, y1),
            TileOffsetX = tileX,
            TileOffsetY = tileY,
            TileWidth = tileWidth,
            TileHeight = tileHeight,
            Components = components,
        };
        return size.Checked();
    }

    public void Require(in FrameFormat format)
    {
        if (Image.Width != format.Columns || Image.Height != format.Rows || Components.Length != format.SamplesPerPixel)
        {
            throw new DicomFormatException("JPEG 2000: size or number of components differ from the data set's");
        }

        foreach (var component in Components)
        {
            if (component.Precision > 16 || component.Precision > format.BitsAllocated)
            {
                throw new DicomFormatException("JPEG 2000: precision beyond 16 bits or beyond Bits Allocated");
            }
        }
    }

    public Area Tile(int index)
    {
        var x = TileOffsetX + ((long)(index % TilesAcross) * TileWidth);
        var y = TileOffsetY + ((long)(index / TilesAcross) * TileHeight);
        var tile = new Area((int)x, (int)y, (int)Math.Min(int.MaxValue, x + TileWidth), (int)Math.Min(int.MaxValue, y + TileHeight));
        return tile.Intersect(Image);
    }

    /// <summary>A tile may be larger than any image; what matters ends at the grid.</summary>
    private static int ReadTileSize(ref SegmentReader reader)
    {
        var size = ((long)reader.ReadUInt16() << 16) | (long)reader.ReadUInt16();
        return (int)Math.Min(size, int.MaxValue);
    }

    private ImageSize Checked()
    {
        var tilesCoverOrigin = TileWidth > 0 && TileHeight > 0 && TileOffsetX <= Image.X0 && TileOffsetY <= Image.Y0
            && (long)TileOffsetX + TileWidth > Image.X0 && (long)TileOffsetY + TileHeight > Image.Y0;
        if (Image.IsEmpty || !tilesCoverOrigin || TileCount > ushort.MaxValue)
        {
            throw new DicomFormatException("JPEG 2000: image or tile size out of range");
        }

        if (Components.Length == 0 || Components.Any(component => component.SubsamplingX == 0 || component.SubsamplingY == 0))
        {
            throw new DicomFormatException("JPEG 2000: wrong components");
        }

        return this;
    }
}
