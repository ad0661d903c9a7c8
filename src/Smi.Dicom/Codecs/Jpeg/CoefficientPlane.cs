using System.Buffers;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>The quantised coefficients of one component, block by block, each row by row; pooled, zero at first.</summary>
internal sealed class CoefficientPlane : IDisposable
{
    private readonly short[] coefficients;
    private readonly int blockColumns;

    public CoefficientPlane(JpegComponent component)
    {
        blockColumns = component.PaddedBlockColumns;
        int length = checked(64 * component.PaddedBlockColumns * component.PaddedBlockRows);
        coefficients = ArrayPool<short>.Shared.Rent(length);
        coefficients.AsSpan(0, length).Clear();
    }

    public Span<short> Block(int column, int row) => coefficients.AsSpan(64 * (row * blockColumns + column), 64);

    public void Dispose() => ArrayPool<short>.Shared.Return(coefficients);
}
