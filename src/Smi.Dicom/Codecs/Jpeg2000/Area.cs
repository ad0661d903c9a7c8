namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>A rectangle of one of the standard's grids; the lower right corner lies outside.</summary>
internal readonly record struct Area(int X0, int Y0, int X1, int Y1)
{
    public int Width => Math.Max(0, X1 - X0);

    public int Height => Math.Max(0, Y1 - Y0);

    public bool IsEmpty => X1 <= X0 || Y1 <= Y0;

    /// <summary>All corners divided and rounded up.</summary>
    public Area DividedBy(int x, int y) => new(CeilingDivide(X0, x), CeilingDivide(Y0, y), CeilingDivide(X1, x), CeilingDivide(Y1, y));

    /// <summary>The coordinates at <paramref name="levels"/> fewer resolution levels (B-14).</summary>
    public Area Reduced(int levels) => Subband(levels, 0, 0);

    /// <summary>B-15, with the orientation as 0 or 1 for each direction.</summary>
    public Area Subband(int levels, int horizontal, int vertical)
    {
        var offset = levels == 0 ? 0 : 1L << (levels - 1);
        return new Area(
            CeilingShift(X0 - (offset * horizontal), levels),
            CeilingShift(Y0 - (offset * vertical), levels),
            CeilingShift(X1 - (offset * horizontal), levels),
            CeilingShift(Y1 - (offset * vertical), levels));
    }

    public Area Intersect(Area other) =>
        new(Math.Max(X0, other.X0), Math.Max(Y0, other.Y0), Math.Min(X1, other.X1), Math.Min(Y1, other.Y1));

    /// <summary>The smallest area around both.</summary>
    public Area Union(Area other) =>
        new(Math.Min(X0, other.X0), Math.Min(Y0, other.Y0), Math.Max(X1, other.X1), Math.Max(Y1, other.Y1));

    public static int CeilingDivide(int value, int divisor) => (int)((value + (long)divisor - 1) / divisor);

    private static int CeilingShift(long value, int bits) => (int)((value + (1L << bits) - 1) >> bits);
}
