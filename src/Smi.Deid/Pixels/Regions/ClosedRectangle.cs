using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// A rectangle to which the column and row at its end belong: of native images CTP blanks so much, and so does dicompixelanon where it
/// follows recipes. A negative corner, which only CTP's scripts have, counts from the far edge.
/// </summary>
internal static class ClosedRectangle
{
    /// <param name="region">As it is written; the end of the image is not passed.</param>
    /// <param name="columns">Width of the image.</param>
    /// <param name="rows">Height of the image.</param>
    public static PixelBox On(PixelBox region, int columns, int rows)
    {
        var (left, right) = Edges(region.Left, region.Right, columns);
        var (top, bottom) = Edges(region.Top, region.Bottom, rows);
        return new PixelBox(left, top, right, bottom);
    }

    private static (int First, int End) Edges(int first, int end, int length)
    {
        var start = first < 0 ? Math.Max(0, first + length) : first;
        var last = Math.Min(int.MaxValue - 1L, start + ((long)end - first));
        return (start, (int)(last < length ? last + 1 : last));
    }
}
