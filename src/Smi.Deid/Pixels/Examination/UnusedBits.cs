using System.Buffers.Binary;
using Smi.Dicom.Codecs;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// The bits of 16-bit samples beside the stored ones. Old files keep overlay planes there (PS3.5 8.1.2), so they may hold text of which
/// nothing shows in the picture. Zeros and the repeated sign bit are what belongs there; everything else is cleared.
/// </summary>
internal static class UnusedBits
{
    /// <summary>True when something was cleared.</summary>
    public static bool Clear(Span<byte> frame, FrameFormat format)
    {
        if (format.BitsAllocated != 16 || format.BitsStored == 16)
        {
            return false;
        }

        var shift = format.HighBit + 1 - format.BitsStored;
        var mask = (ushort)(((1 << format.BitsStored) - 1) << shift);
        var sign = (ushort)(1 << format.HighBit);
        var above = (ushort)~((2 << format.HighBit) - 1);
        var isChanged = false;
        for (var at = 0; at + 1 < frame.Length; at += 2)
        {
            var sample = BinaryPrimitives.ReadUInt16LittleEndian(frame[at..]);
            var stored = (ushort)(sample & mask);
            var extended = format.IsSigned && (sample & sign) != 0 ? (ushort)(stored | above) : stored;
            if (sample != stored && sample != extended)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(frame[at..], extended);
                isChanged = true;
            }
        }

        return isChanged;
    }
}
