using System.Buffers;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>The decoded samples of one component, rows of Stride values; pooled.</summary>
internal sealed class SamplePlane : IDisposable
{
    private readonly ushort[] samples;

    public SamplePlane(int width, int height, int stride, int paddedHeight)
    {
        Width = width;
        Height = height;
        Stride = stride;
        samples = ArrayPool<ushort>.Shared.Rent(checked(stride * paddedHeight));
    }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    public Span<ushort> Row(int y) => samples.AsSpan(y * Stride, Width);

    /// <summary>From the upper left sample of a block on.</summary>
    public Span<ushort> Block(int column, int row) => samples.AsSpan(row * 8 * Stride + column * 8);

    public void Dispose() => ArrayPool<ushort>.Shared.Return(samples);
}
