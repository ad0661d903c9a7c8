using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Reading;

/// <summary>
/// A region as a reader wants it: eight bits, dark text on light, lines about 32 pixels high, with a light border. Remembers where ink is, so
/// that what was not read can be told.
/// </summary>
internal sealed class RegionPicture
{
    private const int WantedHeight = 36;
    private const int MostScale = 5;
    private const int Border = 12;

    /// <summary>Share of the ink that may stand outside of what was read: edges and dust.</summary>
    private const double MostUnread = 0.02;

    private RegionPicture(int width, int height, byte[] samples)
    {
        Width = width;
        Height = height;
        Samples = samples;
    }

    public int Width { get; }

    public int Height { get; }

    public byte[] Samples { get; }

    public static RegionPicture Of(GrayImage picture, PixelBox box)
    {
        var crop = Stretched(picture, box);
        var scale = Math.Clamp((WantedHeight + box.Height - 1) / box.Height, 1, MostScale);
        var (width, height) = ((box.Width * scale) + (2 * Border), (box.Height * scale) + (2 * Border));
        var samples = new byte[width * height];
        Array.Fill(samples, byte.MaxValue);
        for (var y = 0; y < box.Height * scale; y++)
        {
            for (var x = 0; x < box.Width * scale; x++)
            {
                samples[((y + Border) * width) + x + Border] = Between(crop, box.Width, box.Height, (x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5);
            }
        }

        return new RegionPicture(width, height, samples);
    }

    /// <summary>True when nearly all dark pixels lie in the boxes.</summary>
    public bool IsCovered(IEnumerable<PixelBox> words)
    {
        const int room = 4;
        PixelBox[] boxes = [.. words.Select(box => box.Grown(room))];
        var (all, outside) = (0, 0);
        for (var i = 0; i < Samples.Length; i++)
        {
            if (Samples[i] < 128)
            {
                int x = i % Width, y = i / Width;
                all++;
                outside += Array.Exists(boxes, box => x >= box.Left && x < box.Right && y >= box.Top && y < box.Bottom) ? 0 : 1;
            }
        }

        return all > 0 && outside <= MostUnread * all;
    }

    /// <summary>The region's own range as 255 … 0, turned so that what there is more of, the background, is light.</summary>
    private static byte[] Stretched(GrayImage picture, PixelBox box)
    {
        var samples = new ushort[box.Width * box.Height];
        for (var y = 0; y < box.Height; y++)
        {
            picture.Samples.AsSpan(((box.Top + y) * picture.Width) + box.Left, box.Width).CopyTo(samples.AsSpan(y * box.Width));
        }

        var (least, most) = (samples.Min(), samples.Max());
        var span = Math.Max(1, most - least);
        var isDark = samples.Count(sample => 2 * (sample - least) < span) * 2 > samples.Length;
        return Array.ConvertAll(samples, sample =>
        {
            var level = (byte)((sample - least) * 255 / span);
            return isDark ? (byte)(255 - level) : level;
        });
    }

    private static byte Between(byte[] crop, int width, int height, double x, double y)
    {
        int left = Math.Clamp((int)Math.Floor(x), 0, width - 1), top = Math.Clamp((int)Math.Floor(y), 0, height - 1);
        int right = Math.Min(left + 1, width - 1), bottom = Math.Min(top + 1, height - 1);
        double across = Math.Clamp(x - left, 0, 1), down = Math.Clamp(y - top, 0, 1);
        var upper = (crop[(top * width) + left] * (1 - across)) + (crop[(top * width) + right] * across);
        var lower = (crop[(bottom * width) + left] * (1 - across)) + (crop[(bottom * width) + right] * across);
        return (byte)Math.Round((upper * (1 - down)) + (lower * down));
    }
}
