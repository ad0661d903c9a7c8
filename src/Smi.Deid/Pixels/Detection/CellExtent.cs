using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>How far a set of cells reaches in each of its rows and columns, to find where it is best cut in two.</summary>
internal sealed class CellExtent
{
    private readonly (int First, int Last)[] rows;
    private readonly (int First, int Last)[] columns;

    /// <param name="cells">At least one; row × <paramref name="width"/> + column.</param>
    public CellExtent(List<int> cells, int width)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        foreach (var cell in cells)
        {
            int x = cell % width, y = cell / width;
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
        }

        Box = new PixelBox(left, top, right, bottom);
        rows = [.. Enumerable.Repeat((int.MaxValue, -1), Box.Height)];
        columns = [.. Enumerable.Repeat((int.MaxValue, -1), Box.Width)];
        foreach (var cell in cells)
        {
            int x = cell % width, y = cell / width;
            rows[y - top] = Joined(rows[y - top], (x, x));
            columns[x - left] = Joined(columns[x - left], (y, y));
        }
    }

    public PixelBox Box { get; }

    /// <summary>The cut before row or column At that leaves the two smallest boxes. A single cell cannot be cut.</summary>
    public (bool IsRow, int At) BestCut()
    {
        var (row, rowArea) = BestCut(rows);
        var (column, columnArea) = BestCut(columns);
        return rowArea <= columnArea ? (true, Box.Top + row) : (false, Box.Left + column);
    }

    private static (int At, long Area) BestCut((int First, int Last)[] lines)
    {
        var best = (At: 0, Area: long.MaxValue);
        var behind = new (int First, int Last)[lines.Length];
        for (var i = lines.Length - 1; i >= 0; i--)
        {
            behind[i] = i == lines.Length - 1 ? lines[i] : Joined(lines[i], behind[i + 1]);
        }

        var before = (First: int.MaxValue, Last: -1);
        for (var at = 1; at < lines.Length; at++)
        {
            before = Joined(before, lines[at - 1]);
            var area = Area(before, at) + Area(behind[at], lines.Length - at);
            best = area < best.Area ? (at, area) : best;
        }

        return best;
    }

    private static long Area((int First, int Last) reach, int lines) => (long)(reach.Last + 1 - reach.First) * lines;

    private static (int First, int Last) Joined((int First, int Last) a, (int First, int Last) b) =>
        (Math.Min(a.First, b.First), Math.Max(a.Last, b.Last));
}
