namespace Smi.Dicom.Frames;

/// <summary>
/// An axis-parallel region of a frame, in pixels from the upper left corner: columns Left to Right − 1 and rows Top to Bottom − 1.
/// </summary>
public readonly record struct PixelBox(int Left, int Top, int Right, int Bottom)
{
    public int Width => Math.Max(0, Right - Left);

    public int Height => Math.Max(0, Bottom - Top);

    /// <summary>Pixels in it.</summary>
    public long Area => (long)Width * Height;

    public bool IsEmpty => Right <= Left || Bottom <= Top;

    /// <summary>The part that lies on a frame of that size; empty when none does.</summary>
    public PixelBox ClippedTo(int columns, int rows) =>
        new(Math.Clamp(Left, 0, columns), Math.Clamp(Top, 0, rows), Math.Clamp(Right, 0, columns), Math.Clamp(Bottom, 0, rows));

    /// <summary>The box with as much added on each side; it may reach beyond the frame.</summary>
    public PixelBox Grown(int by) => new(Left - by, Top - by, Right + by, Bottom + by);

    public PixelBox Moved(int right, int down) => new(Left + right, Top + down, Right + right, Bottom + down);

    /// <summary>What lies in both; empty when nothing does.</summary>
    public PixelBox Intersect(PixelBox other) =>
        new(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));

    /// <summary>The smallest box that contains both.</summary>
    public PixelBox Around(PixelBox other) =>
        new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>True when all of the other box lies in this one.</summary>
    public bool Contains(PixelBox other) => other.Left >= Left && other.Top >= Top && other.Right <= Right && other.Bottom <= Bottom;

    public bool Intersects(PixelBox other) =>
        !IsEmpty && !other.IsEmpty && Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
}
