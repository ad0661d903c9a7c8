using System.Buffers.Binary;

namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>
/// Lossless JPEG-LS (ITU T.87) with default parameters, several components interleaved by line. Samples that need more than
/// Bits Stored (overlay planes in the unused bits) are coded with all of Bits Allocated, and so is less than 8 bits, which
/// widespread decoders fail to read.
/// </summary>
public sealed class JpegLsEncoder : IFrameEncoder
{
    private const int MaximumDimension = 65535;

    public byte[] Encode(ReadOnlySpan<byte> frame, in FrameFormat format)
    {
        if (frame.Length != format.FrameLength || format.BitsAllocated is not (8 or 16) || format.SamplesPerPixel is < 1 or > 4
            || format.Rows is < 1 or > MaximumDimension || format.Columns is < 1 or > MaximumDimension)
        {
            throw new ArgumentException("JPEG-LS holds frames of 8 or 16 bits allocated and one to four components.", nameof(format));
        }

        var precision = SamplePrecision.Needed(frame, format, smallest: 8);
        var stream = new MemoryStream(frame.Length / 2);
        WriteHeaders(stream, format, precision);
        WriteScan(stream, frame, format, precision);
        JpegLsSegments.WriteEnd(stream);
        return stream.ToArray();
    }

    private static void WriteHeaders(MemoryStream stream, in FrameFormat format, int precision)
    {
        var components = format.SamplesPerPixel;
        stream.Write([0xFF, JpegLsSegments.StartOfImage, 0xFF, JpegLsSegments.StartOfFrame, 0, (byte)(8 + (3 * components)), (byte)precision]);
        stream.Write([(byte)(format.Rows >> 8), (byte)format.Rows, (byte)(format.Columns >> 8), (byte)format.Columns, (byte)components]);
        for (var component = 1; component <= components; component++)
        {
            stream.Write([(byte)component, 0x11, 0]);
        }

        stream.Write([0xFF, JpegLsSegments.StartOfScan, 0, (byte)(6 + (2 * components)), (byte)components]);
        for (var component = 1; component <= components; component++)
        {
            stream.Write([(byte)component, 0]);
        }

        var interleave = components == 1 ? JpegLsInterleave.None : JpegLsInterleave.Line;
        stream.Write([0, (byte)interleave, 0]);
    }

    private static void WriteScan(MemoryStream stream, ReadOnlySpan<byte> frame, in FrameFormat format, int precision)
    {
        var writer = new JpegLsBitWriter(stream);
        var model = new JpegLsModel(JpegLsParameters.Create(precision, near: 0, default));
        var encoder = new JpegLsScanEncoder(model, format.Columns, writer);
        var runIndexes = new int[format.SamplesPerPixel];
        var above = Lines(format);
        var lines = Lines(format);
        for (var row = 0; row < format.Rows; row++)
        {
            for (var component = 0; component < lines.Length; component++)
            {
                Load(frame, format, row, component, (1 << precision) - 1, lines[component]);
                encoder.EncodeLine(above[component], lines[component], ref runIndexes[component]);
            }

            (above, lines) = (lines, above);
        }

        writer.Finish();
    }

    private static void Load(ReadOnlySpan<byte> frame, in FrameFormat format, int row, int component, int mask, int[] line)
    {
        var step = format.SamplesPerPixel * format.BytesPerSample;
        var at = (row * format.Columns * step) + (component * format.BytesPerSample);
        for (var x = 1; x <= format.Columns; x++, at += step)
        {
            var sample = format.BytesPerSample == 1 ? frame[at] : BinaryPrimitives.ReadUInt16LittleEndian(frame[at..]);
            line[x] = sample & mask;
        }
    }

    private static int[][] Lines(in FrameFormat format)
    {
        var columns = format.Columns;
        return [.. Enumerable.Range(0, format.SamplesPerPixel).Select(_ => new int[columns + 2])];
    }
}
