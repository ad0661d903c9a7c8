using System.Runtime.InteropServices;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>Writes component planes as one frame: full size, samples interleaved, little endian.</summary>
internal static class FrameAssembly
{
    public static void Write(JpegFrameHeader header, IReadOnlyList<SamplePlane> planes, in FrameFormat format, Span<byte> frame)
    {
        for (int i = 0; i < planes.Count; i++)
        {
            var component = new ChromaUpsampling(header, header.Components[i], planes[i]);
            for (int y = 0; y < header.Rows; y++)
            {
                int start = y * header.Columns * planes.Count + i;
                if (format.BitsAllocated == 8)
                {
                    WriteRow(component.Row(y), frame[start..], planes.Count);
                }
                else
                {
                    WriteRow(component.Row(y), MemoryMarshal.Cast<byte, ushort>(frame)[start..], planes.Count);
                }
            }
        }

        if (format.IsSigned && header.Precision < format.BitsAllocated && format.BitsStored < format.BitsAllocated)
        {
            ExtendSigns(format, frame);
        }
    }

    private static void WriteRow(ReadOnlySpan<ushort> samples, Span<byte> target, int step)
    {
        for (int x = 0, to = 0; x < samples.Length; x++, to += step)
        {
            target[to] = (byte)samples[x];
        }
    }

    private static void WriteRow(ReadOnlySpan<ushort> samples, Span<ushort> target, int step)
    {
        if (step == 1)
        {
            samples.CopyTo(target);
            return;
        }

        for (int x = 0, to = 0; x < samples.Length; x++, to += step)
        {
            target[to] = samples[x];
        }
    }

    // The stream holds BitsStored bits of two's complement; the frame has the sign in all bits above.
    private static void ExtendSigns(in FrameFormat format, Span<byte> frame)
    {
        int shift = 32 - format.BitsStored;
        if (format.BitsAllocated == 8)
        {
            foreach (ref byte sample in frame)
            {
                sample = (byte)(sample << shift >> shift);
            }

            return;
        }

        foreach (ref short sample in MemoryMarshal.Cast<byte, short>(frame))
        {
            sample = (short)(sample << shift >> shift);
        }
    }
}
