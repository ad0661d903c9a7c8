using System.Buffers.Binary;
using System.Numerics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>Reads packets (ITU T.800 B.9 and B.10): which code-blocks get how many passes, and where their bytes lie.</summary>
internal ref struct PacketReader
{
    private const int MostLengthBits = 31;

    /// <summary>A magnitude and its half in the 31 bits beside the sign.</summary>
    public const int MostBitPlanes = 30;

    private readonly ReadOnlySpan<byte> _body;
    private readonly ReadOnlySpan<byte> _headers;
    private readonly bool _hasPackedHeaders;
    private readonly bool _hasMarkers;
    private readonly int _bodyOffset;
    private readonly List<(CodeBlock Block, int Contribution)> _pending = [];
    private int _position;
    private int _headerPosition;

    /// <param name="body">The packets of the tile.</param>
    /// <param name="bodyOffset">Place of <paramref name="body"/> in the buffer that the code-blocks refer to.</param>
    /// <param name="tile">Says whether packet headers stand apart.</param>
    public PacketReader(ReadOnlySpan<byte> body, int bodyOffset, TileData tile)
    {
        _body = body;
        _bodyOffset = bodyOffset;
        _hasPackedHeaders = tile.HasPackedHeaders;
        _headers = _hasPackedHeaders ? tile.PackedHeaders() : [];
        _hasMarkers = tile.Parameters.Style.StartsPackets || tile.Parameters.Style.EndsHeaders;
    }

    /// <summary>Each packet has at least one byte of header.</summary>
    public readonly int MostPackets => _body.Length + _headers.Length;

    public void Read(Precinct precinct, int layer)
    {
        SkipStartOfPacket();
        _pending.Clear();
        var source = _hasPackedHeaders ? _headers[_headerPosition..] : _body[_position..];
        var bits = new PacketHeaderBits(source);
        if (bits.ReadBit() == 1)
        {
            foreach (var band in precinct.Bands)
            {
                ReadBand(band, precinct.Style.BlockStyle, layer, ref bits);
            }
        }

        bits.Finish();
        SkipHeader(source, bits.Position);
        AssignBytes();
        precinct.NextLayer++;
    }

    private readonly void ReadBand(PrecinctBand band, BlockStyle style, int layer, ref PacketHeaderBits bits)
    {
        for (var index = 0; index < band.Blocks.Length; index++)
        {
            var block = band.Blocks[index];
            var (x, y) = (index % band.BlocksAcross, index / band.BlocksAcross);
            var contributes = block.IsIncluded ? bits.ReadBit() == 1 : band.Inclusion.IsBelow(x, y, layer + 1, ref bits);
            if (!contributes)
            {
                continue;
            }

            if (!block.IsIncluded)
            {
                block.IsIncluded = true;
                block.MissingBitPlanes = ReadMissingBitPlanes(band, x, y, ref bits);
            }

            ReadPasses(block, style, band.Subband.BitPlanes - block.MissingBitPlanes, layer, ref bits);
        }
    }

    private static int ReadMissingBitPlanes(PrecinctBand band, int x, int y, ref PacketHeaderBits bits)
    {
        var planes = 0;
        while (!band.MissingBitPlanes.IsBelow(x, y, planes + 1, ref bits))
        {
            if (++planes > band.Subband.BitPlanes)
            {
                throw new DicomFormatException("JPEG 2000: a code-block without bit planes");
            }
        }

        return planes;
    }

    private readonly void ReadPasses(CodeBlock block, BlockStyle style, int planes, int layer, ref PacketHeaderBits bits)
    {
        var passes = ReadPassCount(ref bits);

        // The first bit plane has one pass, each further one three.
        if (planes > MostBitPlanes || block.Passes + passes > (3 * planes) - 2)
        {
            throw new DicomFormatException("JPEG 2000: more coding passes than bit planes, or more bit planes than supported");
        }

        while (bits.ReadBit() == 1)
        {
            block.LengthBits++;
        }

        while (passes > 0)
        {
            var now = Math.Min(passes, block.RoomInSegment(style, out var opensSegment));
            var lengthBits = block.LengthBits + BitOperations.Log2((uint)now);
            if (lengthBits > MostLengthBits)
            {
                throw new DicomFormatException("JPEG 2000: the length of a codeword segment is out of range");
            }

            block.Add(now, bits.ReadBits(lengthBits), opensSegment, layer);
            _pending.Add((block, block.Contributions.Length - 1));
            passes -= now;
        }
    }

    /// <summary>Table B.4.</summary>
    private static int ReadPassCount(ref PacketHeaderBits bits)
    {
        if (bits.ReadBit() == 0)
        {
            return 1;
        }

        if (bits.ReadBit() == 0)
        {
            return 2;
        }

        var more = bits.ReadBits(2);
        if (more < 3)
        {
            return 3 + more;
        }

        more = bits.ReadBits(5);
        return more < 31 ? 6 + more : 37 + bits.ReadBits(7);
    }

    private readonly bool IsMarker(ReadOnlySpan<byte> bytes, int marker) =>
        _hasMarkers && bytes.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(bytes) == marker;

    /// <summary>A.8.1; the coding style says that the markers may be there, not that they are.</summary>
    private void SkipStartOfPacket()
    {
        const int length = 6;
        if (IsMarker(_body[_position..], Marker.StartOfPacket) && _body.Length - _position >= length)
        {
            _position += length;
        }
    }

    private void SkipHeader(ReadOnlySpan<byte> source, int length)
    {
        length += IsMarker(source[length..], Marker.EndOfPacketHeader) ? 2 : 0;
        if (_hasPackedHeaders)
        {
            _headerPosition += length;
        }
        else
        {
            _position += length;
        }
    }

    private void AssignBytes()
    {
        foreach (var (block, index) in _pending)
        {
            ref var contribution = ref block.Contribution(index);
            if (contribution.Length > _body.Length - _position)
            {
                throw new DicomFormatException("JPEG 2000: the packets end too early");
            }

            contribution.Offset = _bodyOffset + _position;
            _position += contribution.Length;
        }
    }
}
