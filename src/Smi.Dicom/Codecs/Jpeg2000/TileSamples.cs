using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <param name="block">Where the coefficients belong.</param>
    /// <param name="subband">Has the step of quantization.</param>
    /// <param name="coefficients">Of four rows together, column by column.</param>
    public void Store(CodeBlock block, Subband subband, ReadOnlySpan<int> coefficients)
    {
        if (component.Style.IsReversible && component.RegionShift == 0)
        {
            StoreWhole(block, coefficients);
            return;
        }

        for (var y = 0; y < block.Height; y++)
        {
            var source = coefficients.Slice((y & ~3) * block.Width, 4 * block.Width)[(y & 3)..];
            Store(source, _values.AsSpan(((block.Y + y) * Width) + block.X, block.Width), subband.HalfStep);
        }
    }

    public void Clear() => Values.Clear();

    /// <param name="box">Within the tile, in the coordinates of the component.</param>
    /// <param name="value">After the level shift.</param>
    public void Fill(Area box, int value)
    {
        for (var y = box.Y0; y < box.Y1; y++)
        {
            Row(y - component.Area.Y0).Slice(box.X0 - component.Area.X0, box.Width).Fill(value);
        }
    }

    /// <summary>True where the block's coefficients are those of the other.</summary>
    public bool IsSame(TileSamples other, CodeBlock block)
    {
        for (var y = block.Y; y < block.Y + block.Height; y++)
        {
            if (!Row(y).Slice(block.X, block.Width).SequenceEqual(other.Row(y).Slice(block.X, block.Width)))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_values);
        _values = [];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreWhole(CodeBlock block, ReadOnlySpan<int> coefficients)
    {
        for (var y = 0; y < block.Height; y += 4)
        {
            var stripe = coefficients.Slice(y * block.Width, 4 * block.Width);
            var (at, rows, x) = (((block.Y + y) * Width) + block.X, Math.Min(4, block.Height - y), 0);
            for (; rows == 4 && x <= block.Width - 4; x += 4)
            {
                var (first, second, third, fourth) = Interleaving.Rows(stripe[(4 * x)..]);
                Whole(first).CopyTo(_values, at + x);
                Whole(second).CopyTo(_values, at + Width + x);
                Whole(third).CopyTo(_values, at + (2 * Width) + x);
                Whole(fourth).CopyTo(_values, at + (3 * Width) + x);
            }

            for (; x < block.Width; x++)
            {
                for (var row = 0; row < rows; row++)
                {
                    var coefficient = stripe[(4 * x) + row];
                    _values[at + (row * Width) + x] = Signed((coefficient & int.MaxValue) >> 1, coefficient);
                }
            }
        }
    }

    private static Vector128<int> Whole(Vector128<int> coefficients)
    {
        var sign = coefficients >> 31;
        return (((coefficients & Vector128.Create(int.MaxValue)) >> 1) ^ sign) - sign;
    }

    private void Store(ReadOnlySpan<int> source, Span<int> target, float halfStep)
    {
        var shift = component.RegionShift;
        for (var x = 0; x < target.Length; x++)
        {
            var coefficient = source[4 * x];
            var magnitude = coefficient & int.MaxValue;
            if (shift != 0 && magnitude >> 1 >= 1L << shift)
            {
                // H.1: what lies above the shift belongs to the region of interest.
                magnitude >>= shift;
            }

            target[x] = component.Style.IsReversible
                ? Signed(magnitude >> 1, coefficient)
                : BitConverter.SingleToInt32Bits(magnitude * (coefficient < 0 ? -halfStep : halfStep));
        }
    }

    private static int Signed(int magnitude, int sign) => (magnitude ^ (sign >> 31)) - (sign >> 31);
}
