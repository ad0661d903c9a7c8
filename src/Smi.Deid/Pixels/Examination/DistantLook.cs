using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// Large pictures from afar: letters that are too high for the detector, a name across a film for instance, are of its size once the picture is
/// reduced. Only what is that high counts; all else was seen from near, and better.
/// </summary>
internal static class DistantLook
{
    /// <summary>In smaller pictures such letters would fill a tenth of the height.</summary>
    private const int LeastSide = 1024;

    private const int Factor = 4;

    /// <summary>Up to about which the detector finds letters without it; boxes of small letters, seen from afar, are lower.</summary>
    private const int LeastHeight = 80;

    /// <summary>Text in pixels of the picture.</summary>
    public static IEnumerable<PixelBox> Find(TextDetector detector, GrayImage picture) =>
        Math.Min(picture.Width, picture.Height) < LeastSide ? []
            : detector.Find(Reduced(picture))
                .Select(box => new PixelBox(box.Left * Factor, box.Top * Factor, box.Right * Factor, box.Bottom * Factor))
                .Where(box => Math.Min(box.Width, box.Height) >= LeastHeight);

    /// <summary>Text that shows from near or from afar.</summary>
    public static IEnumerable<PixelBox> FindAtBoth(TextDetector detector, GrayImage picture) => detector.Find(picture).Concat(Find(detector, picture));

    /// <summary>The mean of each Factor × Factor pixels; what is left at the right and lower edges is not looked at.</summary>
    private static GrayImage Reduced(GrayImage picture)
    {
        int width = picture.Width / Factor, height = picture.Height / Factor;
        var samples = new ushort[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = 0;
                for (var row = 0; row < Factor; row++)
                {
                    foreach (var sample in picture.Samples.AsSpan((((y * Factor) + row) * picture.Width) + (x * Factor), Factor))
                    {
                        sum += sample;
                    }
                }

                samples[(y * width) + x] = (ushort)(sum / (Factor * Factor));
            }
        }

        return GrayImage.FromSamples(width, height, samples);
    }
}
