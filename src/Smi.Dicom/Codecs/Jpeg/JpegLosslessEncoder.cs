using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// Encodes lossless JPEG, process 14 with selection value 1 (transfer syntaxes …4.57 and …4.70): 8 or 16 bits allocated, one to
/// four components in one scan, one Huffman table made for the frame.
/// </summary>
public sealed class JpegLosslessEncoder : IFrameEncoder
{
    public byte[] Encode(ReadOnlySpan<byte> frame, in FrameFormat format)
    {
        Check(frame, format);
        int count = frame.Length / format.BytesPerSample;
        ushort[] differences = ArrayPool<ushort>.Shared.Rent(count);
        try
        {
            Span<ushort> samples = differences.AsSpan(0, count);
            Load(frame, samples);
            TakeDifferences(samples, format);
            return Write(samples, format);
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(differences);
        }
    }

    private static void Check(ReadOnlySpan<byte> frame, in FrameFormat format)
    {
        if (frame.Length != format.FrameLength)
        {
            throw new ArgumentException("The frame has not the length that its format says.", nameof(frame));
        }

        if (format.BitsAllocated is not (8 or 16) || format.SamplesPerPixel is < 1 or > 4
            || format.Rows is < 1 or > ushort.MaxValue || format.Columns is < 1 or > ushort.MaxValue)
        {
            throw new DicomFormatException("lossless JPEG holds 8 or 16 bits allocated, one to four samples and 1 to 65535 rows and columns");
        }
    }

    private static void Load(ReadOnlySpan<byte> frame, Span<ushort> samples)
    {
        if (samples.Length < frame.Length)
        {
            MemoryMarshal.Cast<byte, ushort>(frame).CopyTo(samples);
            return;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = frame[i];
        }
    }

    // T.81 H.1.2.1, from the last sample back so that each predecessor is still a sample.
    private static void TakeDifferences(Span<ushort> samples, in FrameFormat format)
    {
        int step = format.SamplesPerPixel;
        int line = step * format.Columns;
        for (int start = samples.Length - line; start >= 0; start -= line)
        {
            Span<ushort> row = samples.Slice(start, line);
            for (int i = line - 1; i >= step; i--)
            {
                row[i] -= row[i - step];
            }

            for (int i = step - 1; i >= 0; i--)
            {
                row[i] -= start == 0 ? (ushort)(1 << (format.BitsAllocated - 1)) : samples[start - line + i];
            }
        }
    }

    private static byte[] Write(ReadOnlySpan<ushort> differences, in FrameFormat format)
    {
        HuffmanTable table = HuffmanTableBuilder.Build(CountCategories(differences));
        var writer = new EntropyWriter(differences.Length);
        writer.WriteMarker(JpegMarker.StartOfImage);
        writer.WriteSegment(JpegMarker.LosslessFrame, FrameHeader(format));
        writer.WriteSegment(JpegMarker.HuffmanTables, [0, .. table.Counts, .. table.Symbols]);
        writer.WriteSegment(JpegMarker.StartOfScan, ScanHeader(format.SamplesPerPixel));
        foreach (ushort difference in differences)
        {
            int category = Category(difference);
            writer.WriteSigned(table.Codes[category], (short)difference, category == 16 ? 0 : category);
        }

        writer.AlignToByte();
        writer.WriteMarker(JpegMarker.EndOfImage);
        return writer.ToEvenArray();
    }

    private static int[] CountCategories(ReadOnlySpan<ushort> differences)
    {
        var counts = new int[17];
        foreach (ushort difference in differences)
        {
            counts[Category(difference)]++;
        }

        return counts;
    }

    // Bits of the magnitude; −32768 is sent as +32768, the only member of category 16.
    private static int Category(ushort difference) => 32 - BitOperations.LeadingZeroCount((uint)Math.Abs((int)(short)difference));

    private static byte[] FrameHeader(in FrameFormat format)
    {
        var header = new byte[6 + 3 * format.SamplesPerPixel];
        // Not Bits Stored: signs and old overlays stand in the bits above, and differences of signed samples stay small.
        header[0] = (byte)format.BitsAllocated;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(1), (ushort)format.Rows);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(3), (ushort)format.Columns);
        header[5] = (byte)format.SamplesPerPixel;
        for (int i = 0; i < format.SamplesPerPixel; i++)
        {
            ((ReadOnlySpan<byte>)[(byte)(i + 1), 0x11, 0]).CopyTo(header.AsSpan(6 + 3 * i));
        }

        return header;
    }

    private static byte[] ScanHeader(int components)
    {
        var header = new byte[4 + 2 * components];
        header[0] = (byte)components;
        for (int i = 0; i < components; i++)
        {
            header[1 + 2 * i] = (byte)(i + 1);
        }
        // Predictor 1; point transform 0.
        header[^3] = 1;
        return header;
    }
}
