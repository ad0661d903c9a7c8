using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames;

/// <summary>Reads the stored values of a decoded frame: the bits between High Bit and Bits Stored, with sign (PS3.5 8.1.1).</summary>
/// <param name="frame">Its samples, as <see cref="FrameReader"/> leaves them.</param>
/// <param name="format">Of its samples: <see cref="FrameReader.Format"/>.</param>
public readonly ref struct StoredSamples(ReadOnlySpan<byte> frame, FrameFormat format)
{
    private readonly ReadOnlySpan<byte> frame = frame;
    private readonly int bytes = format.BytesPerSample;
    private readonly int left = 31 - format.HighBit;
    private readonly int right = 32 - format.BitsStored;
    private readonly bool isSigned = format.IsSigned;

    public FrameFormat Format { get; } = format;

    /// <summary>Of all components together.</summary>
    public int Count => frame.Length / bytes;

    /// <summary>Of a sample, what lies in the stored bits once they were moved down.</summary>
    private uint Mask => (uint)((1ul << Format.BitsStored) - 1);

    /// <summary>Two's complement with its sign bit turned over is in the order of the values.</summary>
    private uint Sign => isSigned ? 1u << (Format.BitsStored - 1) : 0;

    /// <param name="index">Zero based; the components of a pixel follow each other.</param>
    public long this[int index]
    {
        get
        {
            var at = frame[(index * bytes)..];
            var raw = bytes switch
            {
                1 => at[0],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(at),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(at),
            };
            var aligned = raw << left;
            return isSigned ? (int)aligned >> right : aligned >> right;
        }
    }

    /// <summary>The smallest and the largest value.</summary>
    public (long Least, long Most) Range()
    {
        var unused = 8 * (4 - bytes);
        return (bytes, isSigned) switch
        {
            (1, false) => RangeOf(frame, left - unused, right - unused),
            (1, true) => RangeOf(MemoryMarshal.Cast<byte, sbyte>(frame), left - unused, right - unused),
            (2, false) => RangeOf(MemoryMarshal.Cast<byte, ushort>(frame), left - unused, right - unused),
            (2, true) => RangeOf(MemoryMarshal.Cast<byte, short>(frame), left - unused, right - unused),
            (_, false) => RangeOf(MemoryMarshal.Cast<byte, uint>(frame), left, right),
            (_, true) => RangeOf(MemoryMarshal.Cast<byte, int>(frame), left, right),
        };
    }

    /// <summary>One component of each pixel as 0 … 2^BitsStored - 1, in the order of the values: the least that is possible becomes 0.</summary>
    /// <param name="component">Zero based.</param>
    /// <param name="values">Receives one for each pixel.</param>
    /// <exception cref="InvalidOperationException">More than 16 bits are stored.</exception>
    public void CopyInOrder(int component, Span<ushort> values)
    {
        if (Format.BitsStored > 16)
        {
            throw new InvalidOperationException("values of more than 16 bits do not fit");
        }

        var isAlone = Format.SamplesPerPixel == 1;
        switch (bytes)
        {
            case 1:
                Copy(frame, component, values, isAlone ? CopyVectors(frame, values) : 0);
                break;
            case 2:
                var words = MemoryMarshal.Cast<byte, ushort>(frame);
                Copy(words, component, values, isAlone ? CopyVectors(words, values) : 0);
                break;
            default:
                Copy(MemoryMarshal.Cast<byte, uint>(frame), component, values, 0);
                break;
        }
    }

    /// <returns>As many values as went into whole vectors.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CopyVectors(ReadOnlySpan<byte> samples, Span<ushort> values)
    {
        var (shift, masks, signs) = (right - left, new Vector<ushort>((ushort)Mask), new Vector<ushort>((ushort)Sign));
        var i = 0;
        for (; i + Vector<byte>.Count <= values.Length; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(samples[i..]), out var lower, out var upper);
            (((lower >> shift) & masks) ^ signs).CopyTo(values[i..]);
            (((upper >> shift) & masks) ^ signs).CopyTo(values[(i + Vector<ushort>.Count)..]);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CopyVectors(ReadOnlySpan<ushort> samples, Span<ushort> values)
    {
        var (shift, masks, signs) = (right - left, new Vector<ushort>((ushort)Mask), new Vector<ushort>((ushort)Sign));
        var i = 0;
        for (; i + Vector<ushort>.Count <= values.Length; i += Vector<ushort>.Count)
        {
            (((new Vector<ushort>(samples[i..]) >> shift) & masks) ^ signs).CopyTo(values[i..]);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy<T>(ReadOnlySpan<T> samples, int component, Span<ushort> values, int first)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (shift, mask, sign, step) = (right - left, Mask, Sign, Format.SamplesPerPixel);
        for (int i = first, at = (first * step) + component; i < values.Length; i++, at += step)
        {
            values[i] = (ushort)(((uint.CreateTruncating(samples[at]) >> shift) & mask) ^ sign);
        }
    }

    /// <summary>Of values that are shifted left and then right, which keeps the sign of signed ones.</summary>
    private static (long Least, long Most) RangeOf<T>(ReadOnlySpan<T> values, int left, int right)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var (least, most) = (T.MaxValue, T.MinValue);
        var whole = values.Length - (values.Length % Vector<T>.Count);
        if (whole > 0)
        {
            var (low, high) = (new Vector<T>(least), new Vector<T>(most));
            for (var i = 0; i < whole; i += Vector<T>.Count)
            {
                var shifted = (new Vector<T>(values[i..]) << left) >> right;
                (low, high) = (Vector.Min(low, shifted), Vector.Max(high, shifted));
            }

            for (var lane = 0; lane < Vector<T>.Count; lane++)
            {
                (least, most) = (T.Min(least, low[lane]), T.Max(most, high[lane]));
            }
        }

        foreach (var value in values[whole..])
        {
            var shifted = (value << left) >> right;
            (least, most) = (T.Min(least, shifted), T.Max(most, shifted));
        }

        return (long.CreateChecked(least), long.CreateChecked(most));
    }
}
