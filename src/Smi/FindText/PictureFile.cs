using Smi.Dicom.Codecs;
using SkiaSharp;

namespace Smi.FindText;

/// <summary>PNG, JPEG and other ordinary pictures, as frames that the text detector can look at.</summary>
internal static class PictureFile
{
    private const long MostPixels = 1L << 28;

    /// <summary>Null for a file that is no picture, DICOM for instance.</summary>
    public static (byte[] Samples, FrameFormat Format)? Read(string path)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height > MostPixels)
        {
            return null;
        }

        using var bitmap = SKBitmap.Decode(codec, new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        return bitmap is null ? null : Samples(bitmap);
    }

    private static (byte[] Samples, FrameFormat Format) Samples(SKBitmap bitmap)
    {
        var pixels = bitmap.GetPixelSpan();
        var isGray = IsGray(pixels);
        var channels = isGray ? 1 : 3;
        var samples = new byte[bitmap.Width * bitmap.Height * channels];
        for (int from = 0, to = 0; to < samples.Length; from += 4, to += channels)
        {
            pixels.Slice(from, channels).CopyTo(samples.AsSpan(to));
        }

        return (samples, Format(bitmap, isGray));
    }

    private static bool IsGray(ReadOnlySpan<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i += 4)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
            {
                return false;
            }
        }

        return true;
    }

    private static FrameFormat Format(SKBitmap bitmap, bool isGray) => new()
    {
        Rows = bitmap.Height,
        Columns = bitmap.Width,
        SamplesPerPixel = isGray ? 1 : 3,
        BitsAllocated = 8,
        BitsStored = 8,
        HighBit = 7,
        PhotometricInterpretation = isGray ? "MONOCHROME2" : "RGB",
    };
}
