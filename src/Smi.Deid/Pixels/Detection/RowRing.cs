using System.Buffers;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// The rows of a feature map that were made last: Width positions of Channels floats each, channels together, between a position of zeros on
/// either side. Rows above and below the map are zeros too: the padding of the convolutions. Rented from the shared pool: dispose it.
/// </summary>
internal sealed class RowRing : IDisposable
{
    private readonly float[] values;
    private readonly int kept;
    private readonly int rowLength;

    /// <param name="kept">Rows that stay when further ones are made.</param>
    public RowRing(int width, int height, int channels, int kept)
    {
        (Width, Height, Channels, this.kept) = (width, height, channels, kept);
        rowLength = (width + 2) * channels;
        values = ArrayPool<float>.Shared.Rent(checked(rowLength * (kept + 1)));
        for (var slot = 0; slot < kept; slot++)
        {
            var row = values.AsSpan(slot * rowLength, rowLength);
            row[..channels].Clear();
            row[^channels..].Clear();
        }

        values.AsSpan(kept * rowLength, rowLength).Clear();
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    /// <summary>Rows made so far.</summary>
    public int Made { get; private set; }

    /// <summary>What offsets count in.</summary>
    public Span<float> Values => values;

    /// <summary>Where row y begins, with the zeros on its left.</summary>
    /// <exception cref="InvalidOperationException">The row is gone, or not there yet.</exception>
    public int Offset(int y)
    {
        if (y < 0 || y >= Height)
        {
            return kept * rowLength;
        }

        return y < Made && y >= Made - kept ? y % kept * rowLength : throw new InvalidOperationException("a row is asked for that is not kept");
    }

    /// <summary>The positions of row y without the border.</summary>
    public Span<float> Row(int y) => values.AsSpan(Offset(y) + Channels, Width * Channels);

    /// <summary>The next row, to be filled; the oldest goes.</summary>
    public Span<float> Append()
    {
        Made++;
        return Row(Made - 1);
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(values);
}
