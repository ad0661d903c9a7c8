using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames.Display;

/// <summary>Reads the stored values of a decoded frame: the bits between High Bit and Bits Stored, with sign (PS3.5 8.1.1).</summary>
internal readonly ref struct StoredSamples(ReadOnlySpan<byte> frame, FrameFormat format)
{
    private readonly ReadOnlySpan<byte> frame = frame;
    private readonly int bytes = format.BytesPerSample;
    private readonly int left = 31 - format.HighBit;
    private readonly int right = 32 - format.BitsStored;
    private readonly bool isSigned = format.IsSigned;

    public int Count => frame.Length / bytes;

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
        if (bytes == 1 && left == 24 && right == 24 && !isSigned)
        {
            return RangeOf(frame, 0, 0);
        }

        if (bytes == 2)
        {
            return isSigned ? RangeOf(MemoryMarshal.Cast<byte, short>(frame), left - 16, right - 16) : RangeOf(MemoryMarshal.Cast<byte, ushort>(frame), left - 16, right - 16);
        }

        var (least, most) = (long.MaxValue, long.MinValue);
        for (var i = 0; i < Count; i++)
        {
            (least, most) = (Math.Min(least, this[i]), Math.Max(most, this[i]));
        }

        return (least, most);
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
