using SkiaSharp;

namespace Smi.Dump;

/// <summary>Eight-bit gray or RGB samples as a PNG file.</summary>
internal static class Picture
{
    public static void Save(string path, ReadOnlySpan<byte> samples, int width, int height, int channels)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        for (var index = 0; index < width * height; index++)
        {
            var (source, target) = (index * channels, index * 4);
            pixels[target] = samples[source];
            pixels[target + 1] = samples[source + (channels == 3 ? 1 : 0)];
            pixels[target + 2] = samples[source + (channels == 3 ? 2 : 0)];
            pixels[target + 3] = 255;
        }

        using var file = File.Create(path);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
    }
}
