using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// Puts decoded tiles into the frame: level shift, limits, sign, subsampled components to full size (ITU T.800 annex G.1).
/// </summary>
internal sealed unsafe class FrameWriter(byte* frame, FrameFormat format, ImageSize size)
{
    public void Write(Area tile, TileSamples[] components)
    {
        for (var index = 0; index < components.Length; index++)
        {
            Write(tile, components[index], index);
        }
    }

    private void Write(Area tile, TileSamples samples, int component)
    {
        if (samples.Component.Area.IsEmpty)
        {
            throw new DicomFormatException("JPEG 2000: a tile without samples of a component");
        }

        var depth = samples.Component.Size;
        var pixel = format.BytesPerSample * format.SamplesPerPixel;
        var line = new int[tile.Width];
        for (var y = tile.Y0; y < tile.Y1; y++)
        {
            var row = Math.Clamp((y / depth.SubsamplingY) - samples.Component.Area.Y0, 0, samples.Height - 1);
            Load(samples, row, tile, line);
            var at = ((long)(y - size.Image.Y0) * format.Columns) + tile.X0 - size.Image.X0;
            Write(line, depth, frame + (at * pixel) + (component * format.BytesPerSample), pixel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Load(TileSamples samples, int row, Area tile, Span<int> line)
    {
        var source = samples.Row(row);
        var step = samples.Component.Size.SubsamplingX;
        if (step == 1 && source.Length >= line.Length)
        {
            source[..line.Length].CopyTo(line);
        }
        else
        {
            for (var x = 0; x < line.Length; x++)
            {
                line[x] = source[Math.Clamp(((tile.X0 + x) / step) - samples.Component.Area.X0, 0, source.Length - 1)];
            }
        }

        if (!samples.Component.Style.IsReversible)
        {
            var values = MemoryMarshal.Cast<int, float>(line);
            for (var x = 0; x < line.Length; x++)
            {
                line[x] = (int)MathF.Round(values[x]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(ReadOnlySpan<int> line, ComponentSize depth, byte* target, int step)
    {
        var half = 1 << (depth.Precision - 1);
        var (shift, least, most) = depth.IsSigned ? (0, -half, half - 1) : (half, 0, (2 * half) - 1);

        // Streams that say unsigned though Pixel Representation is 1 hold the bits of two's complement.
        var extension = format.IsSigned && !depth.IsSigned ? 32 - depth.Precision : 0;
        var x = 0;
        for (; step == format.BytesPerSample && step <= 2 && x <= line.Length - 8; x += 8, target += 8 * step)
        {
            var values = Vector256.Create(line.Slice(x, 8)) + Vector256.Create(shift);
            values = Vector256.Min(Vector256.Max(values, Vector256.Create(least)), Vector256.Create(most)) << extension >> extension;
            var words = Vector128.Narrow(values.GetLower(), values.GetUpper());
            if (step == 2)
            {
                words.Store((short*)target);
            }
            else
            {
                *(ulong*)target = Vector128.Narrow(words, words).AsUInt64().ToScalar();
            }
        }

        foreach (var value in line[x..])
        {
            var sample = (Math.Clamp(value + shift, least, most) << extension) >> extension;
            switch (format.BytesPerSample)
            {
                case 1:
                    *target = (byte)sample;
                    break;
                case 2:
                    *(short*)target = (short)sample;
                    break;
                default:
                    *(int*)target = sample;
                    break;
            }

            target += step;
        }
    }
}
