using System.Buffers;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Width × Height positions of Channels floats, channels together, inside a border of one position of zeros on every side, which is
/// the padding of the convolutions. Rented from the shared pool: dispose it.
/// </summary>
internal sealed class FeatureMap : IDisposable
{
    private readonly float[] values;

    public FeatureMap(int width, int height, int channels)
    {
        Width = width;
        Height = height;
        Channels = channels;
        RowLength = (width + 2) * channels;
        values = ArrayPool<float>.Shared.Rent(checked(RowLength * (height + 2)));
        ClearBorder();
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    /// <summary>Floats from one row to the next, border included.</summary>
    public int RowLength { get; }

    /// <summary>All values, the border row first.</summary>
    public Span<float> Values => values.AsSpan(0, RowLength * (Height + 2));

    /// <summary>The positions of row y without the border.</summary>
    public Span<float> Row(int y) => values.AsSpan(((y + 1) * RowLength) + Channels, Width * Channels);

    public void Dispose() => ArrayPool<float>.Shared.Return(values);

    private void ClearBorder()
    {
        Values[..RowLength].Clear();
        Values[^RowLength..].Clear();
        for (var y = 1; y <= Height; y++)
        {
            var row = Values.Slice(y * RowLength, RowLength);
            row[..Channels].Clear();
            row[^Channels..].Clear();
        }
    }
}
