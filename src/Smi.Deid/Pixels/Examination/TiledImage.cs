using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// An image whose frames are the tiles of one large picture, a slide for instance (PS3.3 C.8.12.14, C.7.6.17.3): what one tile shows says nothing about
/// the others, and text may lie across their edges, where no tile shows enough of it. It is looked for around the corners at which tiles meet.
/// </summary>
internal sealed class TiledImage
{
    private static readonly DicomTag s_organization = new(0x00209311);
    private static readonly DicomTag s_frameOffset = new(0x00209228);
    private static readonly DicomTag s_totalColumns = new(0x00480006);
    private static readonly DicomTag s_totalRows = new(0x00480007);
    private static readonly DicomTag s_perFrame = new(0x52009230);
    private static readonly DicomTag s_planePosition = new(0x0048021A);
    private static readonly DicomTag s_columnPosition = new(0x0048021E);
    private static readonly DicomTag s_rowPosition = new(0x0048021F);

    private readonly FrameReader reader;

    private TiledImage(FrameReader reader, IReadOnlyList<TileCorner> corners)
    {
        this.reader = reader;
        Corners = corners;
    }

    /// <summary>Every place where the edges of at least two tiles meet.</summary>
    public IReadOnlyList<TileCorner> Corners { get; }

    /// <summary>True where frames are tiles.</summary>
    public static bool Is(DicomDataSet dataSet, FrameReader reader) =>
        reader.FrameCount > 1 && (Organization(dataSet).StartsWith("TILED", StringComparison.Ordinal) || dataSet.GetInt32(s_totalColumns) > 0);

    /// <summary>Null for an image whose frames are no tiles.</summary>
    public static TiledImage? For(DicomDataSet dataSet, FrameReader reader) => !Is(dataSet, reader) ? null
        : new TiledImage(reader, CornersOf(Organization(dataSet) == "TILED_FULL" ? InOrder(dataSet, reader) : ByPosition(dataSet, reader), reader.Format));

    /// <summary>What lies around a corner, as the reader leaves frames; dark where no tile is.</summary>
    public (byte[] Samples, FrameFormat Format) Read(TileCorner corner)
    {
        var format = corner.Around(reader.Format);
        var samples = new byte[format.FrameLength];
        var tile = new byte[reader.Format.FrameLength];
        var pixel = format.SamplesPerPixel * format.BytesPerSample;
        foreach (var (frame, from, to) in corner.Parts(reader.Format))
        {
            reader.Read(frame, tile);
            for (var y = 0; y < from.Height; y++)
            {
                tile.AsSpan((((from.Top + y) * reader.Format.Columns) + from.Left) * pixel, from.Width * pixel)
                    .CopyTo(samples.AsSpan((((to.Top + y) * format.Columns) + to.Left) * pixel));
            }
        }

        return (samples, format);
    }

    /// <summary>What a box of that picture covers of each tile.</summary>
    public IEnumerable<(int Frame, PixelBox Box)> OnTiles(TileCorner corner, PixelBox box)
    {
        foreach (var (frame, from, to) in corner.Parts(reader.Format))
        {
            var part = box.Intersect(to).Moved(from.Left - to.Left, from.Top - to.Top);
            if (!part.IsEmpty)
            {
                yield return (frame, part);
            }
        }
    }

    private static string Organization(DicomDataSet dataSet) => dataSet.GetString(s_organization) ?? "";

    /// <summary>Row by row, plane after plane (C.7.6.17.3); a part of a concatenation begins somewhere.</summary>
    private static List<TilePlace> InOrder(DicomDataSet dataSet, FrameReader reader)
    {
        int Tiles(DicomTag total, int size) => ((dataSet.GetInt32(total) ?? 0) + size - 1) / size;

        var (across, down) = (Tiles(s_totalColumns, reader.Format.Columns), Tiles(s_totalRows, reader.Format.Rows));
        if (across <= 0 || down <= 0)
        {
            return [];
        }

        var first = Math.Max(0, dataSet.GetInt32(s_frameOffset) ?? 0);
        return [.. Enumerable.Range(0, reader.FrameCount).Select(frame =>
        {
            var (plane, index) = Math.DivRem((long)first + frame, (long)across * down);
            return new TilePlace(frame, plane, index % across * reader.Format.Columns, index / across * reader.Format.Rows);
        })];
    }

    /// <summary>As the functional groups say; tiles of one place are those of several planes.</summary>
    private static List<TilePlace> ByPosition(DicomDataSet dataSet, FrameReader reader)
    {
        var places = new List<TilePlace>();
        var planes = new Dictionary<(int, int), int>();
        foreach (var (frame, group) in (dataSet.FindSequence(s_perFrame)?.Items ?? []).Take(reader.FrameCount).Index())
        {
            if (group.FindSequence(s_planePosition) is { Items: [var position, ..] }
                && (position.GetInt32(s_columnPosition), position.GetInt32(s_rowPosition)) is ({ } column, { } row))
            {
                var plane = planes.GetValueOrDefault((column, row));
                planes[(column, row)] = plane + 1;
                places.Add(new TilePlace(frame, plane, column, row));
            }
        }

        return places;
    }

    private static List<TileCorner> CornersOf(List<TilePlace> places, FrameFormat format)
    {
        var tiles = new Dictionary<(long, long, long), int>();
        foreach (var place in places)
        {
            tiles[(place.Plane, place.Column, place.Row)] = place.Frame;
        }

        TileCorner At(long plane, long column, long row)
        {
            int? Tile(int left, int up) => tiles.TryGetValue((plane, column - (left * (long)format.Columns), row - (up * (long)format.Rows)), out var frame) ? frame : null;

            return new TileCorner(Tile(1, 1), Tile(0, 1), Tile(1, 0), Tile(0, 0));
        }

        return [.. places
            .SelectMany(place => new[] { (0, 0), (1, 0), (0, 1), (1, 1) }, (place, step) =>
                (place.Plane, Column: place.Column + (step.Item1 * (long)format.Columns), Row: place.Row + (step.Item2 * (long)format.Rows)))
            .Distinct()
            .Select(corner => At(corner.Plane, corner.Column, corner.Row))
            .Where(corner => corner.IsShared)];
    }

    /// <param name="Plane">Of one focus, one optical path and the like.</param>
    /// <param name="Column">Of the total pixel matrix; only differences matter.</param>
    /// <param name="Row">The same.</param>
    private readonly record struct TilePlace(int Frame, long Plane, long Column, long Row);
}
