using System.Buffers;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>A tile whose packets were read: its components, and the precincts with what is coded of each code-block.</summary>
internal sealed class TilePackets : IDisposable
{
    private byte[]? _rented;

    private TilePackets(Area area, CodingParameters parameters, TileComponent[] components, Precinct[] precincts, byte[] bytes, byte[]? rented)
    {
        Area = area;
        Parameters = parameters;
        Components = components;
        Precincts = precincts;
        Bytes = bytes;
        _rented = rented;
    }

    public Area Area { get; }

    public CodingParameters Parameters { get; }

    public TileComponent[] Components { get; }

    /// <summary>Of all components and resolutions.</summary>
    public Precinct[] Precincts { get; }

    /// <summary>What the places of passes refer to; good until this is disposed.</summary>
    public byte[] Bytes { get; }

    /// <param name="size">The image.</param>
    /// <param name="area">The tile's place.</param>
    /// <param name="tile">Where its packets lie.</param>
    /// <param name="codestream">Must stay as it is until this is disposed.</param>
    /// <exception cref="DicomFormatException">A packet is damaged or missing.</exception>
    public static TilePackets Read(ImageSize size, Area area, TileData tile, byte[] codestream)
    {
        var components = new TileComponent[size.Components.Length];
        for (var index = 0; index < components.Length; index++)
        {
            components[index] = new TileComponent(index, area, size, tile.Parameters);
        }

        var body = Body(tile, codestream, out var rented);
        try
        {
            var precincts = ReadPackets(components, area, tile, body);
            (var read, rented) = (new TilePackets(area, tile.Parameters, components, precincts, body.Array ?? [], rented), null);
            return read;
        }
        finally
        {
            Return(rented);
        }
    }

    public void Dispose()
    {
        Return(_rented);
        _rented = null;
    }

    /// <summary>The packets of several tile-parts are brought together.</summary>
    private static ArraySegment<byte> Body(TileData tile, byte[] codestream, out byte[]? rented)
    {
        rented = null;
        if (tile.Bodies.Count == 1)
        {
            var (offset, length) = tile.Bodies[0].GetOffsetAndLength(codestream.Length);
            return new ArraySegment<byte>(codestream, offset, length);
        }

        rented = ArrayPool<byte>.Shared.Rent(codestream.Length);
        var total = 0;
        foreach (var part in tile.Bodies)
        {
            var bytes = codestream.AsSpan(part);
            bytes.CopyTo(rented.AsSpan(total));
            total += bytes.Length;
        }

        return new ArraySegment<byte>(rented, 0, total);
    }

    private static Precinct[] ReadPackets(TileComponent[] components, Area area, TileData tile, ArraySegment<byte> body)
    {
        var reader = new PacketReader(body, body.Offset, tile);
        var layers = tile.Parameters.Style.Layers;
        var count = components.Sum(component => component.Resolutions.Sum(resolution => (double)resolution.PrecinctCount));
        if (count * layers > reader.MostPackets)
        {
            throw new DicomFormatException("JPEG 2000: more packets than the tile can hold");
        }

        Precinct[] precincts =
        [
            .. components.SelectMany(component => component.Resolutions.SelectMany(resolution => resolution.CreatePrecincts(area, component.Size))),
        ];
        foreach (var (precinct, layer) in PacketSequence.Order(precincts, tile.Parameters))
        {
            reader.Read(precinct, layer);
        }

        // Half an image is none: nothing may be decided on what is not there.
        return Array.TrueForAll(precincts, precinct => precinct.NextLayer == layers)
            ? precincts
            : throw new DicomFormatException("JPEG 2000: the tile does not hold all of its packets");
    }

    private static void Return(byte[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
