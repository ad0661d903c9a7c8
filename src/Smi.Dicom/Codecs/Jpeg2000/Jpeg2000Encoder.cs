using System.Buffers.Binary;
using System.Numerics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// Lossless JPEG 2000 (ITU T.800): one tile, one layer, the 5/3 filter, and the reversible component transform where the
/// Photometric Interpretation is YBR_RCT. Samples that need more than Bits Stored are coded with all of Bits Allocated.
/// </summary>
public sealed class Jpeg2000Encoder : IFrameEncoder
{
    private const int MostLevels = 5;
    private const int GuardBits = 2;
    private const string ReversibleTransform = "YBR_RCT";

    public byte[] Encode(ReadOnlySpan<byte> frame, in FrameFormat format)
    {
        if (frame.Length != format.FrameLength || format.BitsAllocated is not (8 or 16) || format.Rows < 1 || format.Columns < 1
            || format.SamplesPerPixel is < 1 or > 4)
        {
            throw new ArgumentException("JPEG 2000 holds frames of 8 or 16 bits allocated and one to four components.", nameof(format));
        }

        var hasTransform = format.SamplesPerPixel == 3 && format.PhotometricInterpretation == ReversibleTransform;
        var precision = SamplePrecision.Needed(frame, format, smallest: 1);
        var levels = Math.Min(MostLevels, BitOperations.Log2((uint)Math.Min(format.Rows, format.Columns)));
        var size = SizeSegment(format, precision);
        var style = StyleSegment(levels, hasTransform);
        var quantization = QuantizationSegment(levels, precision + (hasTransform ? 1 : 0));

        // The geometry is the decoder's, read from the very segments that are written.
        var parameters = new CodingParameters(format.SamplesPerPixel);
        parameters.Read(Marker.CodingStyle, style);
        parameters.Read(Marker.Quantization, quantization);

        var stream = new MemoryStream(frame.Length / 2);
        stream.WriteUInt16(Marker.StartOfCodestream);
        WriteSegment(stream, Marker.Size, size);
        WriteSegment(stream, Marker.CodingStyle, style);
        WriteSegment(stream, Marker.Quantization, quantization);
        WriteTile(stream, ImageSize.Read(size), parameters, frame, format);
        stream.WriteUInt16(Marker.EndOfCodestream);
        if (stream.Length % 2 == 1)
        {
            stream.WriteByte(0);
        }

        return stream.ToArray();
    }

    private static byte[] SizeSegment(in FrameFormat format, int precision)
    {
        var segment = new byte[36 + (3 * format.SamplesPerPixel)];
        BinaryPrimitives.WriteInt32BigEndian(segment.AsSpan(2), format.Columns);
        BinaryPrimitives.WriteInt32BigEndian(segment.AsSpan(6), format.Rows);
        BinaryPrimitives.WriteInt32BigEndian(segment.AsSpan(18), format.Columns);
        BinaryPrimitives.WriteInt32BigEndian(segment.AsSpan(22), format.Rows);
        segment[35] = (byte)format.SamplesPerPixel;
        for (var component = 0; component < format.SamplesPerPixel; component++)
        {
            var depth = (precision - 1) | (format.IsSigned ? 0x80 : 0);
            ((ReadOnlySpan<byte>)[(byte)depth, 1, 1]).CopyTo(segment.AsSpan(36 + (3 * component)));
        }

        return segment;
    }

    /// <summary>Layer-resolution order, one layer, code-blocks of 64 × 64, the largest precincts.</summary>
    private static byte[] StyleSegment(int levels, bool hasTransform) =>
        [0, 0, 0, 1, (byte)(hasTransform ? 1 : 0), (byte)levels, 4, 4, 0, 1];

    private static byte[] QuantizationSegment(int levels, int precision)
    {
        var segment = new List<byte> { GuardBits << 5, (byte)(precision << 3) };
        for (var level = 0; level < levels; level++)
        {
            segment.AddRange([(byte)((precision + 1) << 3), (byte)((precision + 1) << 3), (byte)((precision + 2) << 3)]);
        }

        return [.. segment];
    }

    private static void WriteTile(
        MemoryStream stream, ImageSize size, CodingParameters parameters, ReadOnlySpan<byte> frame, in FrameFormat format)
    {
        var start = stream.Length;
        WriteSegment(stream, Marker.StartOfTilePart, [0, 0, 0, 0, 0, 0, 0, 1]);
        stream.WriteUInt16(Marker.StartOfData);
        var samples = new TileSamples[size.Components.Length];
        try
        {
            for (var index = 0; index < samples.Length; index++)
            {
                samples[index] = new TileSamples(new TileComponent(index, size.Image, size, parameters));
                Load(frame, format, index, samples[index]);
            }

            Transform(samples, parameters.Style.HasComponentTransform);
            WritePackets(stream, size, parameters, samples);
        }
        finally
        {
            foreach (var component in samples)
            {
                component?.Dispose();
            }
        }

        BinaryPrimitives.WriteInt32BigEndian(stream.GetBuffer().AsSpan((int)start + 6), (int)(stream.Length - start));
    }

    private static void Transform(TileSamples[] samples, bool hasComponentTransform)
    {
        if (hasComponentTransform)
        {
            ComponentTransform.ApplyReversible(samples[0].Values, samples[1].Values, samples[2].Values);
        }

        foreach (var component in samples)
        {
            Wavelet.ForwardReversible(component.Values, component.Width, component.Component);
        }
    }

    private static void WritePackets(MemoryStream stream, ImageSize size, CodingParameters parameters, TileSamples[] samples)
    {
        Precinct[] precincts =
        [
            .. samples.SelectMany(component =>
                component.Component.Resolutions.SelectMany(resolution => resolution.CreatePrecincts(size.Image, component.Component.Size))),
        ];
        var encoder = new BlockEncoder();
        foreach (var band in precincts.SelectMany(precinct => precinct.Bands.Select(band => (band.Subband, band.Blocks, Samples: samples[precinct.Component]))))
        {
            foreach (var block in band.Blocks)
            {
                if (!encoder.Encode(block, band.Subband, BlockStyle.None, band.Samples))
                {
                    throw new InvalidOperationException("A code-block has more bit planes than the quantization segment allows.");
                }
            }
        }

        new PacketWriter(stream, parameters.Style).Write(precincts, parameters, []);
    }

    private static void Load(ReadOnlySpan<byte> frame, in FrameFormat format, int component, TileSamples samples)
    {
        var depth = samples.Component.Size;
        var (mask, half) = ((1 << depth.Precision) - 1, depth.IsSigned ? 0 : 1 << (depth.Precision - 1));
        var extension = depth.IsSigned ? 32 - depth.Precision : 0;
        var step = format.SamplesPerPixel * format.BytesPerSample;
        var at = component * format.BytesPerSample;
        foreach (ref var value in samples.Values)
        {
            var sample = (format.BytesPerSample == 1 ? frame[at] : BinaryPrimitives.ReadUInt16LittleEndian(frame[at..])) & mask;
            value = ((sample << extension) >> extension) - half;
            at += step;
        }
    }

    private static void WriteSegment(MemoryStream stream, int marker, ReadOnlySpan<byte> segment)
    {
        stream.WriteUInt16(marker);
        stream.WriteUInt16(segment.Length + 2);
        stream.Write(segment);
    }
}
