using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames;

/// <summary>
/// How a native frame lies in Pixel Data (PS3.5 8.1, PS3.3 C.7.6.3.1): packed bits, planes, shared chroma, byte order. Unpacked it is as
/// decoders leave frames: samples interleaved, little endian, a byte at least for each.
/// </summary>
/// <param name="format">As declared by the data set.</param>
/// <param name="isBigEndian">The element comes from explicit big endian.</param>
/// <param name="isWords">The element's VR is OW: in big endian its bytes are swapped in pairs.</param>
internal sealed class NativeFrameLayout(FrameFormat format, bool isBigEndian, bool isWords)
{
    private readonly long pixels = (long)format.Rows * format.Columns;

    /// <summary>Two pixels share their chroma: Y0 Y1 CB CR (C.7.6.3.1.2).</summary>
    public bool HasSharedChroma => format is { PhotometricInterpretation: "YBR_FULL_422" or "YBR_PARTIAL_422", SamplesPerPixel: 3, BitsAllocated: 8 };

    public bool IsPackedBits => format.BitsAllocated == 1;

    /// <summary>Bytes in 16-bit words of big endian: two neighbours have changed places.</summary>
    private bool HasSwappedBytes => isBigEndian && isWords && format.BitsAllocated <= 8;

    /// <summary>A frame may begin within a byte or word that the one before it ends in.</summary>
    public bool SharesWords => IsPackedBits || (HasSwappedBytes && BitsPerFrame % 16 != 0);

    /// <summary>Stored as decoders leave frames: there is nothing to unpack.</summary>
    public bool IsAsDecoded => !IsPackedBits && !HasSharedChroma && format is { PlanarConfiguration: 0 } or { SamplesPerPixel: 1 } && !IsSwapped;

    private bool IsSwapped => isBigEndian && (isWords || format.BitsAllocated > 8);

    /// <summary>Bits of one frame; frames follow each other without padding, at bits even.</summary>
    public long BitsPerFrame => HasSharedChroma
        ? (pixels + 1) / 2 * 32
        : pixels * format.SamplesPerPixel * format.BitsAllocated;

    /// <param name="stored">From the 16-bit word on that holds the frame's first bit.</param>
    /// <param name="firstBit">Of the frame in that word; not 0 only where frames share words.</param>
    /// <param name="frame">Unpacked.</param>
    public void Unpack(ReadOnlySpan<byte> stored, int firstBit, Span<byte> frame)
    {
        if (IsPackedBits)
        {
            UnpackBits(stored, firstBit, frame);
        }
        else
        {
            UnpackBytes(ToLittleEndian(stored)[(firstBit / 8)..], frame);
        }
    }

    /// <summary>The opposite; bits of neighbouring frames in the first and last byte are kept.</summary>
    public void Pack(ReadOnlySpan<byte> frame, Span<byte> stored, int firstBit)
    {
        if (IsPackedBits)
        {
            PackBits(frame, stored, firstBit);
            return;
        }

        SwapBytes(stored);
        PackBytes(frame, stored[(firstBit / 8)..]);
        SwapBytes(stored);
    }

    private void UnpackBytes(ReadOnlySpan<byte> stored, Span<byte> frame)
    {
        if (HasSharedChroma)
        {
            UnpackSharedChroma(stored, frame);
        }
        else if (format is { PlanarConfiguration: 1, SamplesPerPixel: > 1 })
        {
            Interleave(stored, frame);
        }
        else
        {
            stored[..frame.Length].CopyTo(frame);
        }
    }

    private void PackBytes(ReadOnlySpan<byte> frame, Span<byte> stored)
    {
        if (HasSharedChroma)
        {
            PackSharedChroma(frame, stored);
        }
        else if (format is { PlanarConfiguration: 1, SamplesPerPixel: > 1 })
        {
            Separate(frame, stored);
        }
        else
        {
            frame.CopyTo(stored);
        }
    }

    private ReadOnlySpan<byte> ToLittleEndian(ReadOnlySpan<byte> stored)
    {
        if (!isBigEndian)
        {
            return stored;
        }

        var swapped = stored.ToArray();
        SwapBytes(swapped);
        return swapped;
    }

    private void SwapBytes(Span<byte> bytes)
    {
        if (!isBigEndian)
        {
            return;
        }

        if (format.BitsAllocated == 32)
        {
            var longs = MemoryMarshal.Cast<byte, uint>(bytes);
            BinaryPrimitives.ReverseEndianness(longs, longs);
        }
        else if (format.BitsAllocated == 16 || isWords)
        {
            var words = MemoryMarshal.Cast<byte, ushort>(bytes);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    // PS3.5 8.1.1: the first pixel is the least significant bit. In big endian words the two bytes change places.
    private void UnpackBits(ReadOnlySpan<byte> stored, int firstBit, Span<byte> frame)
    {
        for (var i = 0; i < frame.Length; i++)
        {
            var bit = firstBit + i;
            frame[i] = (byte)((stored[ByteOf(bit)] >> (bit & 7)) & 1);
        }
    }

    private void PackBits(ReadOnlySpan<byte> frame, Span<byte> stored, int firstBit)
    {
        for (var i = 0; i < frame.Length; i++)
        {
            var bit = firstBit + i;
            ref var target = ref stored[ByteOf(bit)];
            target = (byte)((target & ~(1 << (bit & 7))) | ((frame[i] & 1) << (bit & 7)));
        }
    }

    private int ByteOf(int bit) => HasSwappedBytes ? (bit >> 3) ^ 1 : bit >> 3;

    private static void UnpackSharedChroma(ReadOnlySpan<byte> stored, Span<byte> frame)
    {
        for (int from = 0, to = 0; to < frame.Length; from += 4, to += 6)
        {
            frame[to] = stored[from];
            stored.Slice(from + 2, 2).CopyTo(frame[(to + 1)..]);
            if (to + 3 < frame.Length)
            {
                frame[to + 3] = stored[from + 1];
                stored.Slice(from + 2, 2).CopyTo(frame[(to + 4)..]);
            }
        }
    }

    // Two pixels that differ in chroma: one of them was blanked, and neither colour must show through the other.
    private static void PackSharedChroma(ReadOnlySpan<byte> frame, Span<byte> stored)
    {
        for (int from = 0, to = 0; from < frame.Length; from += 6, to += 4)
        {
            var first = frame.Slice(from, 3);
            var second = from + 3 < frame.Length ? frame.Slice(from + 3, 3) : first;
            stored[to] = first[0];
            stored[to + 1] = second[0];
            stored[to + 2] = first[1] == second[1] ? first[1] : (byte)128;
            stored[to + 3] = first[2] == second[2] ? first[2] : (byte)128;
        }
    }

    private void Interleave(ReadOnlySpan<byte> planes, Span<byte> frame)
    {
        var bytes = format.BytesPerSample;
        var step = format.SamplesPerPixel * bytes;
        for (var sample = 0; sample < format.SamplesPerPixel; sample++)
        {
            var plane = planes[(int)(sample * pixels * bytes)..];
            for (int from = 0, to = sample * bytes; to < frame.Length; from += bytes, to += step)
            {
                plane.Slice(from, bytes).CopyTo(frame[to..]);
            }
        }
    }

    private void Separate(ReadOnlySpan<byte> frame, Span<byte> planes)
    {
        var bytes = format.BytesPerSample;
        var step = format.SamplesPerPixel * bytes;
        for (var sample = 0; sample < format.SamplesPerPixel; sample++)
        {
            var plane = planes[(int)(sample * pixels * bytes)..];
            for (int to = 0, from = sample * bytes; from < frame.Length; from += step, to += bytes)
            {
                frame.Slice(from, bytes).CopyTo(plane[to..]);
            }
        }
    }
}
