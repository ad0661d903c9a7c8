using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// A point at which the corners of up to four tiles meet: the frames they are, null where none is. Around it lies a picture of the part of each tile that
/// is nearest, a little more than a quarter; where both tiles of a side are missing it ends at the point.
/// </summary>
internal readonly record struct TileCorner(int? UpperLeft, int? UpperRight, int? LowerLeft, int? LowerRight)
{
    /// <summary>Pixels that the pictures around neighbouring corners reach beyond where they meet, so that letters of up to 60 that lie there and on an edge are whole in one.</summary>
    private const int Overlap = 32;

    /// <summary>There is an edge between two tiles.</summary>
    public bool IsShared => new[] { UpperLeft, UpperRight, LowerLeft, LowerRight }.Count(tile => tile is not null) > 1;

    /// <summary>What the picture around it looks like, in the format of a tile.</summary>
    public FrameFormat Around(in FrameFormat tile)
    {
        var (left, right, above, below) = Reach(tile);
        return tile with { Columns = left + right, Rows = above + below };
    }

    /// <summary>Of each tile that is there, its part and where it lies in the picture.</summary>
    public IEnumerable<(int Frame, PixelBox From, PixelBox To)> Parts(FrameFormat tile)
    {
        var (left, right, above, below) = Reach(tile);
        var (columns, rows) = (tile.Columns, tile.Rows);
        (int? Frame, PixelBox From, PixelBox To)[] parts =
        [
            (UpperLeft, new PixelBox(columns - left, rows - above, columns, rows), new PixelBox(0, 0, left, above)),
            (UpperRight, new PixelBox(0, rows - above, right, rows), new PixelBox(left, 0, left + right, above)),
            (LowerLeft, new PixelBox(columns - left, 0, columns, below), new PixelBox(0, above, left, above + below)),
            (LowerRight, new PixelBox(0, 0, right, below), new PixelBox(left, above, left + right, above + below)),
        ];
        foreach (var (frame, from, to) in parts)
        {
            if (frame is { } there)
            {
                yield return (there, from, to);
            }
        }
    }

    private (int Left, int Right, int Above, int Below) Reach(in FrameFormat tile)
    {
        var columns = Math.Min(tile.Columns, ((tile.Columns + 1) / 2) + Overlap);
        var rows = Math.Min(tile.Rows, ((tile.Rows + 1) / 2) + Overlap);
        return (
            UpperLeft is null && LowerLeft is null ? 0 : columns,
            UpperRight is null && LowerRight is null ? 0 : columns,
            UpperLeft is null && UpperRight is null ? 0 : rows,
            LowerLeft is null && LowerRight is null ? 0 : rows);
    }
}
