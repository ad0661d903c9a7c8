using System.Runtime.InteropServices;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// One channel of a picture, Width × Height samples of 0 … 65535 by rows. Which value is black, and how many of them are in use, does
/// not matter to the detector: it finds its own scale.
/// </summary>
public sealed class GrayImage
{
    private GrayImage(int width, int height, ushort[] samples)
    {
        Width = width;
        Height = height;
        Samples = samples;
    }

    public int Width { get; }

    public int Height { get; }

    internal ushort[] Samples { get; }

    /// <summary>Takes the array over; it must not be changed afterwards.</summary>
    public static GrayImage FromSamples(int width, int height, ushort[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples.LongLength, (long)width * height);
        return new GrayImage(width, height, samples);
    }

    public static GrayImage FromBytes(int width, int height, ReadOnlySpan<byte> samples)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples.Length, (long)width * height);
        var wide = new ushort[samples.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = samples[i];
        }

        return FromSamples(width, height, wide);
    }

    /// <summary>Two's complement samples; the order of brightness is kept.</summary>
    public static GrayImage FromSigned(int width, int height, ReadOnlySpan<short> samples)
    {
        var shifted = MemoryMarshal.Cast<short, ushort>(samples).ToArray();
        for (var i = 0; i < shifted.Length; i++)
        {
            shifted[i] ^= 0x8000;
        }

        return FromSamples(width, height, shifted);
    }

    /// <param name="part">May reach beyond the picture, where its edge is repeated.</param>
    internal GrayImage Cropped(PixelBox part)
    {
        var samples = GC.AllocateUninitializedArray<ushort>(part.Width * part.Height);
        var inside = part.ClippedTo(Width, Height);
        var before = Math.Clamp(-part.Left, 0, part.Width);
        for (var y = 0; y < part.Height; y++)
        {
            var from = Samples.AsSpan(Math.Clamp(part.Top + y, 0, Height - 1) * Width, Width);
            var to = samples.AsSpan(y * part.Width, part.Width);
            to[..before].Fill(from[0]);
            from[inside.Left..inside.Right].CopyTo(to[before..]);
            to[(before + inside.Width)..].Fill(from[^1]);
        }

        return new GrayImage(part.Width, part.Height, samples);
    }

    /// <param name="isAcross">Left becomes right.</param>
    /// <param name="isDown">Top becomes bottom.</param>
    internal GrayImage Mirrored(bool isAcross, bool isDown)
    {
        if (!isAcross && !isDown)
        {
            return this;
        }

        var samples = new ushort[Samples.Length];
        for (var y = 0; y < Height; y++)
        {
            var row = samples.AsSpan(y * Width, Width);
            Samples.AsSpan((isDown ? Height - 1 - y : y) * Width, Width).CopyTo(row);
            if (isAcross)
            {
                row.Reverse();
            }
        }

        return new GrayImage(Width, Height, samples);
    }

    /// <summary>Rows become columns.</summary>
    internal GrayImage Transposed()
    {
        var samples = new ushort[Samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = Samples[(i % Height * Width) + (i / Height)];
        }

        return new GrayImage(Height, Width, samples);
    }

    /// <summary>Each pixel becomes factor × factor pixels.</summary>
    internal GrayImage Enlarged(int factor)
    {
        var samples = new ushort[Samples.Length * factor * factor];
        for (var i = 0; i < samples.Length; i++)
        {
            int x = i % (Width * factor), y = i / (Width * factor);
            samples[i] = Samples[(y / factor * Width) + (x / factor)];
        }

        return new GrayImage(Width * factor, Height * factor, samples);
    }
}
