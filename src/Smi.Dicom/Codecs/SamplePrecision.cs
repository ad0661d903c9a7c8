using System.Buffers.Binary;

namespace Smi.Dicom.Codecs;

/// <summary>How many bits a lossless encoder must give each sample.</summary>
internal static class SamplePrecision
{
    /// <summary>
    /// Bits Stored where masking to it and extending the sign again gives every sample back, else Bits Allocated:
    /// the unused bits of some files hold overlay planes (PS3.5 8.1.2).
    /// </summary>
    public static int Needed(ReadOnlySpan<byte> frame, in FrameFormat format, int smallest)
    {
        if (format.BitsStored < smallest || format.BitsStored >= format.BitsAllocated)
        {
            return format.BitsAllocated;
        }

        var shift = 32 - format.BitsStored;
        var step = format.BytesPerSample;
        for (var at = 0; at < frame.Length; at += step)
        {
            int sample = step == 1
                ? (format.IsSigned ? (sbyte)frame[at] : frame[at])
                : (format.IsSigned ? BinaryPrimitives.ReadInt16LittleEndian(frame[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(frame[at..]));
            var kept = format.IsSigned ? (sample << shift) >> shift : (int)((uint)(sample << shift) >> shift);
            if (kept != sample)
            {
                return format.BitsAllocated;
            }
        }

        return format.BitsStored;
    }
}
