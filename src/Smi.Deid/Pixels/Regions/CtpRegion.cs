using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// A region of a CTP pixel script on an image. A negative corner counts from the far edge, and of native images CTP blanks one column and
/// one row more than the size says; that is done here for every transfer syntax.
/// </summary>
internal static class CtpRegion
{
    /// <param name="region">Corner and size as they are written.</param>
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
