using System.Buffers;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// The samples of one component of a tile, in a rented array: integers for the reversible filter, the bits of floats for the other.
/// </summary>
internal sealed class TileSamples(TileComponent component) : IDisposable
{
    private int[] _values = ArrayPool<int>.Shared.Rent(component.Area.Width * component.Area.Height);

    public TileComponent Component => component;

    public int Width => component.Area.Width;

    public int Height => component.Area.Height;

    public Span<int> Values => _values.AsSpan(0, Width * Height);

    public Span<int> Row(int y) => _values.AsSpan(y * Width, Width);

    public void Store(CodeBlock block, Subband subband, ReadOnlySpan<int> coefficients)
    {
        var shift = component.RegionShift;
        for (var y = 0; y < block.Height; y++)
        {
            var source = coefficients.Slice(y * block.Width, block.Width);
            var target = _values.AsSpan(((block.Y + y) * Width) + block.X, block.Width);
            for (var x = 0; x < source.Length; x++)
            {
                var magnitude = source[x] & int.MaxValue;
                if (shift != 0 && magnitude >> 1 >= 1L << shift)
                {
                    // H.1: what lies above the shift belongs to the region of interest.
                    magnitude >>= shift;
                }

                target[x] = component.Style.IsReversible
                    ? Signed(magnitude >> 1, source[x])
                    : BitConverter.SingleToInt32Bits(magnitude * (source[x] < 0 ? -subband.HalfStep : subband.HalfStep));
            }
        }
    }

    public void Clear() => Values.Clear();

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_values);
        _values = [];
    }

    private static int Signed(int magnitude, int sign) => (magnitude ^ (sign >> 31)) - (sign >> 31);
}
