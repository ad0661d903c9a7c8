using System.Buffers;
using System.Buffers.Binary;
using Smi.Dicom.Frames;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// Blanks boxes of a reversible JPEG 2000 frame and codes only those code-blocks anew whose coefficients change with them; all others keep their bytes, and the
/// stream its coding parameters (ITU T.800 annexes A and B). Code-blocks too far from the boxes to matter are not even decoded.
/// </summary>
public static class Jpeg2000Redactor
{
    /// <summary>Far beyond any image, and twice as much is a number still.</summary>
    private const int MostCoordinate = 1 << 29;

    /// <summary>Of a component of a tile; the usual 64 × 64 samples make as many in a picture of 16,384 × 16,384.</summary>
    private const int MostBlocks = 1 << 16;

    /// <summary>
    /// The codestream with these boxes blanked, without comments and of even length; all other samples decode as before. Null where the frame must be decoded and encoded as a whole: coded with loss,
    /// subsampled, with a region of interest, in more code-blocks than any encoder makes, with parameters that change within a tile, with blank values or coefficients that its precision does not hold.
    /// </summary>
    /// <param name="codestream">One frame, bare or in JP2 boxes.</param>
    /// <param name="format">Of the frame; its samples hold nothing beside the bits of the codestream.</param>
    /// <param name="boxes">Blanked to the pixel.</param>
    /// <param name="blank">The sample value of each component, component transforms undone.</param>
    /// <exception cref="DicomFormatException">The codestream is damaged, or does not match <paramref name="format"/>.</exception>
    public static byte[]? Redact(ReadOnlySpan<byte> codestream, in FrameFormat format, IReadOnlyList<PixelBox> boxes, IReadOnlyList<long> blank)
    {
        var bare = Jp2Boxes.Unwrap(codestream);
        var parsed = Codestream.Read(bare, format);
        if (!CanBlank(parsed, format, blank))
        {
            return null;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(bare.Length);
        try
        {
            bare.CopyTo(bytes);
            var levels = parsed.Size.Components.Select((component, index) => Level(component, blank[index])).ToArray();
            return Rewritten(parsed, bytes.AsMemory(0, bare.Length), bytes, Areas(boxes, format, parsed.Size.Image), levels);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static bool CanBlank(Codestream codestream, FrameFormat format, IReadOnlyList<long> blank)
    {
        var size = codestream.Size;
        return size.Image is { X1: < MostCoordinate, Y1: < MostCoordinate }
            && blank.Count == size.Components.Length
            && Array.TrueForAll(size.Components, component => component is { SubsamplingX: 1, SubsamplingY: 1 })
            && Enumerable.Range(0, blank.Count).All(index => Holds(size.Components[index], format, blank[index]))
            && Enumerable.Range(0, (int)size.TileCount).All(index => CanBlank(codestream.Tile(index), size.Tile(index), blank.Count));
    }

    private static bool CanBlank(TileData tile, Area area, int components) =>
        !tile.ChangesLater
        && Enumerable.Range(0, components).All(component => tile.Parameters.StyleOf(component) is { IsReversible: true } style
            && (long)area.Width * area.Height >> (style.BlockWidth + style.BlockHeight) <= MostBlocks
            && tile.Parameters.RegionShiftOf(component) == 0);

    /// <summary>True when the decoder gives the value back.</summary>
    private static bool Holds(ComponentSize component, in FrameFormat format, long value)
    {
        var sample = Level(component, value) + (component.IsSigned ? 0 : 1 << (component.Precision - 1));
        var extension = format.IsSigned && !component.IsSigned ? 32 - component.Precision : 0;
        return ((((sample << extension) >> extension) ^ value) & ((1L << (8 * format.BytesPerSample)) - 1)) == 0;
    }

    /// <summary>A sample value after the level shift (G.1).</summary>
    private static int Level(ComponentSize component, long value)
    {
        var unused = 32 - component.Precision;
        return component.IsSigned ? (int)value << unused >> unused : (int)((uint)value << unused >> unused) - (1 << (component.Precision - 1));
    }

    /// <summary>Boxes on the reference grid.</summary>
    private static List<Area> Areas(IReadOnlyList<PixelBox> boxes, FrameFormat format, Area image) =>
    [
        .. boxes.Select(box => box.ClippedTo(format.Columns, format.Rows)).Where(box => !box.IsEmpty)
            .Select(box => new Area(image.X0 + box.Left, image.Y0 + box.Top, image.X0 + box.Right, image.Y0 + box.Bottom)),
    ];

    private static byte[]? Rewritten(Codestream codestream, ReadOnlyMemory<byte> stream, byte[] bytes, List<Area> boxes, int[] levels)
    {
        var target = new MemoryStream(stream.Length + (stream.Length / 8));
        target.WriteUInt16(Marker.StartOfCodestream);
        codestream.HeaderSegments.ForEach(segment => target.Write(stream.Span[segment]));
        for (var index = 0; index < codestream.Size.TileCount; index++)
        {
            var area = codestream.Size.Tile(index);
            var tile = codestream.Tile(index);
            using var packets = TilePackets.Read(codestream.Size, area, tile, bytes);
            if (!new TileRedaction(packets, levels).Blank([.. boxes.Select(box => box.Intersect(area)).Where(box => !box.IsEmpty)]))
            {
                return null;
            }

            WriteTile(target, index, tile, packets, stream.Span);
        }

        target.WriteUInt16(Marker.EndOfCodestream);
        if (target.Length % 2 == 1)
        {
            target.WriteByte(0);
        }

        return target.ToArray();
    }

    /// <summary>One tile-part, whatever there were; packet headers stand in their packets.</summary>
    private static void WriteTile(MemoryStream target, int index, TileData tile, TilePackets packets, ReadOnlySpan<byte> stream)
    {
        var start = (int)target.Length;
        target.WriteUInt16(Marker.StartOfTilePart);
        target.Write([0, 10, (byte)(index >> 8), (byte)index, 0, 0, 0, 0, 0, 1]);
        foreach (var segment in tile.HeaderSegments)
        {
            target.Write(stream[segment]);
        }

        target.WriteUInt16(Marker.StartOfData);
        new PacketWriter(target, packets.Parameters.Style).Write(packets.Precincts, packets.Parameters, packets.Bytes);
        BinaryPrimitives.WriteInt32BigEndian(target.GetBuffer().AsSpan(start + 6), (int)target.Length - start);
    }
}
