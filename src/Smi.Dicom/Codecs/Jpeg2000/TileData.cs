namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>What the tile-parts of one tile hold: parameters, packets and, where they stand apart, packet headers.</summary>
internal sealed class TileData(CodingParameters parameters)
{
    public CodingParameters Parameters { get; } = parameters;

    /// <summary>The segments of tile-part headers that say how the tile is coded, each with its marker.</summary>
    public List<Range> HeaderSegments { get; } = [];

    /// <summary>Some of them stand behind the first tile-part.</summary>
    public bool ChangesLater { get; set; }

    /// <summary>Where the tile-parts' packets lie in the codestream.</summary>
    public List<Range> Bodies { get; } = [];

    /// <summary>Packet headers of PPM segments, in order.</summary>
    public List<byte[]> MainHeaders { get; } = [];

    /// <summary>Packet headers of PPT segments by their index.</summary>
    public SortedDictionary<(int Part, int Index), byte[]> TileHeaders { get; } = [];

    public int Parts { get; set; }

    public bool HasPackedHeaders => MainHeaders.Count > 0 || TileHeaders.Count > 0;

    public byte[] PackedHeaders() => [.. MainHeaders.Concat(TileHeaders.Values).SelectMany(part => part)];
}
