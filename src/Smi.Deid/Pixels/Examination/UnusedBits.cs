using System.Buffers.Binary;
using Smi.Dicom.Codecs;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// The bits of samples beside the stored ones. Old files keep overlay planes there (PS3.5 8.1.2), so they may hold text of which
/// nothing shows in the picture. Zeros and the repeated sign bit are what belongs there; everything else is cleared.
/// </summary>
internal static class UnusedBits
{
    public static bool AreThere(FrameFormat format) => format.BitsAllocated is 8 or 16 or 32 && format.BitsStored < format.BitsAllocated;

    /// <summary>True when there is something to clear.</summary>
    /// <param name="frame">Decoded samples, little endian.</param>
    public static bool AreUsed(ReadOnlySpan<byte> frame, FrameFormat format) => NextUsed(frame, format, 0) < frame.Length;

    /// <summary>True when something was cleared.</summary>
    /// <param name="frame">Decoded samples, little endian.</param>
    public static bool Clear(Span<byte> frame, FrameFormat format)
    {
        var first = NextUsed(frame, format, 0);
        for (var at = first; at < frame.Length; at = NextUsed(frame, format, at + format.BytesPerSample))
        {
            var sample = frame.Slice(at, format.BytesPerSample);
            Write(sample, Cleared(Read(sample), format));
        }

        return first < frame.Length;
    }

    /// <summary>Where from there on the next sample begins in which there is something to clear; the length of the frame when in none.</summary>
    private static int NextUsed(ReadOnlySpan<byte> frame, FrameFormat format, int from)
    {
        for (var at = from; AreThere(format) && at + format.BytesPerSample <= frame.Length; at += format.BytesPerSample)
        {
            var value = Read(frame.Slice(at, format.BytesPerSample));
            if (value != Cleared(value, format))
            {
                return at;
            }
        }

        return frame.Length;
    }

    private static uint Cleared(uint sample, FrameFormat format)
    {
        var stored = sample & (((1u << format.BitsStored) - 1) << format.LowBit);
        if (!format.IsSigned || (sample >> format.HighBit & 1) == 0)
        {
            return stored;
        }

        var all = (uint)((1ul << format.BitsAllocated) - 1);
        var extended = stored | (all & ~(uint)((2ul << format.HighBit) - 1));
        return sample == stored ? stored : extended;
    }

    private static uint Read(ReadOnlySpan<byte> sample) => sample.Length switch
    {
        1 => sample[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(sample),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(sample),
    };

    private static void Write(Span<byte> sample, uint value)
    {
        switch (sample.Length)
        {
            case 1:
                sample[0] = (byte)value;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16LittleEndian(sample, (ushort)value);
                break;
            default:
                BinaryPrimitives.WriteUInt32LittleEndian(sample, value);
                break;
        }
    }
}
