namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// The marker segments of a codestream (ITU T.800 annex A): size, parameters, and where each tile's packets lie. Everything is
/// checked against the frame before anything is allocated.
/// </summary>
internal sealed class Codestream
{
    private readonly SortedDictionary<int, byte[]> _packedHeaders = [];
    private readonly Dictionary<int, TileData> _tiles = [];
    private readonly CodingParameters _parameters;
    private byte[]? _packed;
    private int _packedPosition;

    private Codestream(ImageSize size)
    {
        Size = size;
        _parameters = new CodingParameters(size.Components.Length);
    }

    public ImageSize Size { get; }

    /// <summary>The segments of the main header that say how tiles are coded, each with its marker; where packets lie they do not say.</summary>
    public List<Range> HeaderSegments { get; } = [];

    public TileData Tile(int index) => _tiles[index];

    /// <summary>True for segments that hold for the samples, however packets are divided among tile-parts.</summary>
    private static bool IsOfCoding(int marker) => marker is
        Marker.Size or Marker.CodingStyle or Marker.ComponentCodingStyle or Marker.Quantization or Marker.ComponentQuantization
        or Marker.RegionOfInterest or Marker.ProgressionChange or Marker.ComponentRegistration;

    public static Codestream Read(ReadOnlySpan<byte> stream, in FrameFormat format)
    {
        var reader = new SegmentReader(stream);
        if (reader.ReadUInt16() != Marker.StartOfCodestream || reader.ReadUInt16() != Marker.Size)
        {
            throw new DicomFormatException("JPEG 2000: the codestream does not begin with SOC and SIZ");
        }

        var sizeStart = reader.Position - 2;
        var size = ImageSize.Read(reader.ReadSegment());
        size.Require(format);
        if (size.TileCount * Marker.StartOfTilePartLength > stream.Length)
        {
            throw new DicomFormatException("JPEG 2000: more tiles than the codestream can hold");
        }

        var codestream = new Codestream(size);
        codestream.HeaderSegments.Add(sizeStart..reader.Position);
        codestream.ReadMainHeader(ref reader);
        codestream.ReadTileParts(ref reader, stream);
        return codestream;
    }

    private void ReadMainHeader(ref SegmentReader reader)
    {
        while (true)
        {
            var marker = reader.ReadUInt16();
            if (marker == Marker.StartOfTilePart)
            {
                break;
            }

            var start = reader.Position - 2;
            var segment = ReadSegment(ref reader, marker);
            if (IsOfCoding(marker))
            {
                HeaderSegments.Add(start..reader.Position);
            }

            if (marker == Marker.Capabilities)
            {
                throw new DicomFormatException("JPEG 2000: the codestream needs capabilities beyond part 1");
            }

            if (marker == Marker.PackedHeadersMain)
            {
                AddPacked(_packedHeaders, segment);
            }
            else
            {
                _parameters.Read(marker, segment);
            }
        }

        _packed = _packedHeaders.Count == 0 ? null : [.. _packedHeaders.Values.SelectMany(part => part)];
    }

    private void ReadTileParts(ref SegmentReader reader, ReadOnlySpan<byte> stream)
    {
        do
        {
            ReadTilePart(ref reader, stream.Length);
        }
        while (reader.Remaining >= 2 && reader.ReadUInt16() == Marker.StartOfTilePart);

        if (_tiles.Count != Size.TileCount)
        {
            throw new DicomFormatException("JPEG 2000: a tile is missing");
        }
    }

    private void ReadTilePart(ref SegmentReader reader, int streamLength)
    {
        var start = reader.Position - 2;
        var header = new SegmentReader(reader.ReadSegment());
        var index = header.ReadUInt16();
        var length = header.ReadSize();
        var end = length == 0 ? streamLength : start + (long)length;
        if (index >= Size.TileCount || end > streamLength)
        {
            throw new DicomFormatException("JPEG 2000: a tile-part is outside the image or not complete", start);
        }

        if (!_tiles.TryGetValue(index, out var tile))
        {
            _tiles[index] = tile = new TileData(new CodingParameters(Size.Components.Length, _parameters));
        }

        ReadTilePartHeader(ref reader, tile);
        if (reader.Position > end)
        {
            throw new DicomFormatException("JPEG 2000: the header of a tile-part is longer than the tile-part", start);
        }

        tile.Bodies.Add(reader.Position..(int)end);
        reader.ReadBytes((int)end - reader.Position);
    }

    private void ReadTilePartHeader(ref SegmentReader reader, TileData tile)
    {
        while (true)
        {
            var marker = reader.ReadUInt16();
            if (marker == Marker.StartOfData)
            {
                break;
            }

            var start = reader.Position - 2;
            var segment = ReadSegment(ref reader, marker);
            if (IsOfCoding(marker))
            {
                tile.HeaderSegments.Add(start..reader.Position);
                tile.ChangesLater |= tile.Parts > 0;
            }

            if (marker == Marker.PackedHeadersTile)
            {
                var packed = new SegmentReader(segment);
                tile.TileHeaders[(tile.Parts, packed.ReadByte())] = packed.ReadBytes(packed.Remaining).ToArray();
            }
            else
            {
                tile.Parameters.Read(marker, segment);
            }
        }

        tile.Parts++;
        AddMainPacked(tile);
    }

    /// <summary>A.7.4: the PPM segments hold, for each tile-part in order, a length and that many bytes.</summary>
    private void AddMainPacked(TileData tile)
    {
        if (_packed is not null)
        {
            var reader = new SegmentReader(_packed.AsSpan(_packedPosition));
            tile.MainHeaders.Add(reader.ReadBytes(reader.ReadSize()).ToArray());
            _packedPosition += reader.Position;
        }
    }

    private static void AddPacked(SortedDictionary<int, byte[]> parts, ReadOnlySpan<byte> segment)
    {
        var reader = new SegmentReader(segment);
        parts[reader.ReadByte()] = reader.ReadBytes(reader.Remaining).ToArray();
    }

    /// <summary>Markers of the range FF30 to FF3F stand alone (A.1); all others have a length.</summary>
    private static ReadOnlySpan<byte> ReadSegment(ref SegmentReader reader, int marker) =>
        marker switch
        {
            >= 0xFF30 and <= 0xFF3F => [],
            > 0xFF00 and not (Marker.StartOfCodestream or Marker.EndOfCodestream or Marker.StartOfData) => reader.ReadSegment(),
            _ => throw new DicomFormatException("JPEG 2000: a marker that does not belong here", reader.Position),
        };
}
