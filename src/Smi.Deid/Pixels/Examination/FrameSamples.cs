using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Smi.Dicom.Codecs;

namespace Smi.Deid.Pixels.Examination;

/// <summary>Reads and writes the samples of a decoded frame: interleaved, little endian, 8, 16 or 32 bits each.</summary>
internal sealed class FrameSamples(ReadOnlyMemory<byte> frame, FrameFormat format)
{
    private const int MostBits = 16;

    public FrameFormat Format => format;

    public int Pixels => format.Rows * format.Columns;

    /// <summary>Unused bits below the stored ones; 0 in all but a few old files.</summary>
    public int Shift { get; } = Math.Max(0, format.HighBit + 1 - format.BitsStored);

    /// <summary>Bits of what <see cref="Component"/> gives.</summary>
    public int ComponentBits => Math.Min(format.BitsStored, MostBits);

    /// <summary>The stored value of one sample: bits beside Bits Stored are not part of it (PS3.5 8.1.1).</summary>
    public long Value(int pixel, int component)
    {
        var at = ((pixel * format.SamplesPerPixel) + component) * format.BytesPerSample;
        var bytes = frame.Span[at..];
        var raw = format.BytesPerSample switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        } >> Shift;
        var unused = 32 - Math.Min(format.BitsStored, 32);
        return format.IsSigned ? raw << unused >> unused : (uint)raw << unused >> unused;
    }

    /// <summary>
    /// One component as 0 … 65535, brightness in order. Samples of more than 16 bits are scaled to the range in use, of red, green and blue to the
    /// one that they share, so that their differences stay true.
    /// </summary>
    public ushort[] Component(int component) => format.BytesPerSample switch
    {
        1 => Bytes(component),
        2 => Words(component),
        _ => Scaled(component),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ushort[] Bytes(int component)
    {
        var (mask, sign) = MaskAndSign();
        var stored = frame.Span;
        var samples = GC.AllocateUninitializedArray<ushort>(Pixels);
        var i = 0;
        if (format.SamplesPerPixel == 1)
        {
            var (masks, signs) = (new Vector<ushort>(mask), new Vector<ushort>(sign));
            for (; i + Vector<byte>.Count <= samples.Length; i += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(stored[i..]), out var lower, out var upper);
                (((lower >> Shift) & masks) ^ signs).CopyTo(samples, i);
                (((upper >> Shift) & masks) ^ signs).CopyTo(samples, i + Vector<ushort>.Count);
            }
        }

        for (var at = (i * format.SamplesPerPixel) + component; i < samples.Length; i++, at += format.SamplesPerPixel)
        {
            samples[i] = (ushort)(((stored[at] >> Shift) & mask) ^ sign);
        }

        return samples;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ushort[] Words(int component)
    {
        var (mask, sign) = MaskAndSign();
        var stored = MemoryMarshal.Cast<byte, ushort>(frame.Span);
        var samples = GC.AllocateUninitializedArray<ushort>(Pixels);
        var i = 0;
        if (format.SamplesPerPixel == 1)
        {
            var (masks, signs) = (new Vector<ushort>(mask), new Vector<ushort>(sign));
            for (; i + Vector<ushort>.Count <= samples.Length; i += Vector<ushort>.Count)
            {
                (((new Vector<ushort>(stored[i..]) >> Shift) & masks) ^ signs).CopyTo(samples, i);
            }
        }

        for (var at = (i * format.SamplesPerPixel) + component; i < samples.Length; i++, at += format.SamplesPerPixel)
        {
            samples[i] = (ushort)(((stored[at] >> Shift) & mask) ^ sign);
        }

        return samples;
    }

    /// <summary>Two's complement with its sign bit turned over is in the order of the values.</summary>
    private (ushort Mask, ushort Sign) MaskAndSign() =>
        ((ushort)((1 << format.BitsStored) - 1), (ushort)(format.IsSigned ? 1 << (format.BitsStored - 1) : 0));

    private ushort[] Scaled(int component)
    {
        var samples = new ushort[Pixels];
        var offset = format.IsSigned ? 1L << (format.BitsStored - 1) : 0;
        var (least, span) = format.BitsStored > MostBits ? Range(component) : (-offset, 0);
        for (var i = 0; i < samples.Length; i++)
        {
            var value = Value(i, component) - least;
            samples[i] = (ushort)(span <= ushort.MaxValue ? value : value * ushort.MaxValue / span);
        }

        return samples;
    }

    private (long Least, long Span) Range(int component)
    {
        var (first, count) = format.PhotometricInterpretation == "RGB" ? (0, format.SamplesPerPixel) : (component, 1);
        var (least, most) = (long.MaxValue, long.MinValue);
        for (var i = 0; i < Pixels; i++)
        {
            for (var of = first; of < first + count; of++)
            {
                var value = Value(i, of);
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }
        }

        return (least, most - least);
    }
}
