using System.Numerics;
using System.Runtime.InteropServices;
using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames;

/// <summary>
/// Lossy codestreams of more bits than are stored come back with values a little beyond the largest and smallest. These are the nearest stored values to
/// whoever sees the picture. A frame in which anything lies further away holds something else in its unused bits, overlays for
/// instance (PS3.5 8.1.2), and stays as it is.
/// </summary>
internal static class Overshoot
{
    /// <summary>Share of the stored range: ringing beside hard edges is at the most so high.</summary>
    private const int Share = 8;

    /// <param name="frame">Decoded samples, little endian.</param>
    /// <param name="format">As the data set declares it.</param>
    public static void Saturate(Span<byte> frame, in FrameFormat format)
    {
        if (format.BitsStored >= format.BitsAllocated || format.HighBit != format.BitsStored - 1)
        {
            return;
        }

        var range = 1 << format.BitsStored;
        var least = format.IsSigned ? -(range / 2) : 0;
        switch (format.BitsAllocated, format.IsSigned)
        {
            case (8, false):
                Saturate(frame, least, range);
                break;
            case (8, true):
                Saturate(MemoryMarshal.Cast<byte, sbyte>(frame), least, range);
                break;
            case (16, false):
                Saturate(MemoryMarshal.Cast<byte, ushort>(frame), least, range);
                break;
            case (16, true):
                Saturate(MemoryMarshal.Cast<byte, short>(frame), least, range);
                break;
        }
    }

    private static void Saturate<T>(Span<T> samples, int least, int range)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (smallest, largest) = (int.MaxValue, int.MinValue);
        foreach (var sample in samples)
        {
            var value = int.CreateTruncating(sample);
            smallest = Math.Min(smallest, value);
            largest = Math.Max(largest, value);
        }

        var most = least + range - 1;
        var isWithin = smallest >= least && largest <= most;
        if (isWithin || smallest < least - (range / Share) || largest > most + (range / Share))
        {
            return;
        }

        foreach (ref var sample in samples)
        {
            sample = T.CreateTruncating(Math.Clamp(int.CreateTruncating(sample), least, most));
        }
    }
}
