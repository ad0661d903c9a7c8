using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

public sealed class TextDetectorTests
{
    private static readonly TextDetector Detector = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Finds_white_text_of_any_size_on_black(int scale)
    {
        var picture = new BitmapText(400, 256);
        var box = picture.Burn("SMITH", 60, 90, scale, 255);
        Assert.True(Covered(Find(picture), box) > 0.97);
    }

    [Fact]
    public void Finds_dark_text_on_light_noise()
    {
        var picture = new BitmapText(320, 256).WithNoise(200, 12, 1);
        var box = picture.Burn("ADAM SMITH", 60, 100, 2, 20);
        Assert.True(Covered(Find(picture), box) > 0.97);
    }

    [Fact]
    public void Finds_faint_text()
    {
        var picture = new BitmapText(320, 256).WithNoise(60, 2, 2);
        var box = picture.Burn("ROBERTSON 1952", 40, 100, 2, 80);
        Assert.True(Covered(Find(picture), box) > 0.97);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_arc_that_could_be_a_letter_is_none_where_nothing_else_is_written(bool isWrittenOn)
    {
        var picture = new BitmapText(400, 400).WithNoise(60, 4, 3);
        DrawArc(picture, left: 200, top: 200, level: 120);
        if (isWrittenOn)
        {
            picture.Burn("ROBERTSON 1952", 20, 30, 2, 255);
        }

        Assert.Equal(isWrittenOn, Covered(Find(picture), (208, 200, 222, 222)) > 0.9);
        Assert.Equal(isWrittenOn, Find(picture).Count > 0);
    }

    [Fact]
    public void Finds_text_that_runs_upwards()
    {
        var picture = new BitmapText(256, 256).WithNoise(30, 5, 3);
        var box = picture.Burn("ROBERTSON", 100, 60, 2, 255, upright: true);
        Assert.True(Covered(Find(picture), box) > 0.97);
    }

    [Fact]
    public void Finds_text_at_the_very_edge()
    {
        var picture = new BitmapText(251, 203);
        var upper = picture.Burn("SMITH", 0, 0, 2, 255);
        var lower = picture.Burn("9529", 251 - 46, 203 - 14, 2, 255);
        var found = Find(picture);
        Assert.True(Covered(found, upper) > 0.97 && Covered(found, lower) > 0.97);
    }

    [Fact]
    public void Finds_text_at_any_level_of_a_16_bit_range()
    {
        var picture = new BitmapText(320, 256).WithNoise(60, 10, 4);
        var bright = picture.Burn("SMITH", 40, 40, 2, 200);
        var faint = picture.Burn("ROBERTSON", 40, 160, 2, 110);
        // The first text becomes 60000 while everything else stays within a few hundred.
        var samples = picture.Pixels.Select(p => p == 200 ? (ushort)60000 : (ushort)(p * 4)).ToArray();
        var found = Detector.Find(GrayImage.FromSamples(320, 256, samples));
        Assert.True(Covered(found, bright) > 0.97 && Covered(found, faint) > 0.97);
    }

    [Fact]
    public void Finds_the_same_in_signed_samples()
    {
        var picture = new BitmapText(256, 128).WithNoise(60, 10, 5);
        picture.Burn("SMITH", 40, 40, 2, 220);
        var signed = picture.Pixels.Select(p => (short)(p - 100)).ToArray();
        Assert.Equal(Find(picture), Detector.Find(GrayImage.FromSigned(256, 128, signed)));
    }

    [Fact]
    public void Leaves_noise_alone()
    {
        Assert.Empty(Find(new BitmapText(512, 384).WithNoise(90, 40, 6)));
    }

    [Fact]
    public void Leaves_smooth_anatomy_alone()
    {
        var picture = new BitmapText(256, 256);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            double x = ((i % 256) - 128) / 90.0, y = ((i / 256) - 128) / 70.0;
            var inside = (x * x) + (y * y) < 1;
            picture.Pixels[i] = (byte)(inside ? 120 + (30 * Math.Sin(3 * x) * Math.Cos(2 * y)) : 0);
        }

        Assert.Empty(Find(picture));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 300)]
    [InlineData(97, 33)]
    public void Accepts_pictures_of_any_size(int width, int height)
    {
        Assert.Empty(Detector.Find(GrayImage.FromBytes(width, height, new byte[width * height])));
    }

    [Fact]
    public void Boxes_in_small_pictures_end_close_to_the_text()
    {
        foreach (var shift in Enumerable.Range(0, 4))
        {
            var picture = new BitmapText(200, 160).WithNoise(20, 3, 7);
            var (left, top, right, bottom) = picture.Burn("ROBERTSON 1952", 40 + shift, 60 + shift, 1, 255);
            var found = Assert.Single(Find(picture));
            var beyond = new[] { left - found.Left, top - found.Top, found.Right - right, found.Bottom - bottom };
            Assert.True(beyond.Max() <= 3, string.Join(' ', beyond));
        }
    }

    [Fact]
    public void Boxes_stay_inside_the_picture()
    {
        var picture = new BitmapText(130, 70);
        picture.Burn("SMITH 1952", 2, 3, 2, 255);
        Assert.All(Find(picture), box => Assert.Equal(box, box.ClippedTo(130, 70)));
    }

    /// <summary>The right half of a ring of 8 pixels' radius and a little more, 3 thick, in 22 × 22 pixels.</summary>
    private static void DrawArc(BitmapText picture, int left, int top, byte level)
    {
        for (var y = 0; y < 22; y++)
        {
            for (var x = 9; x < 22; x++)
            {
                if (Math.Abs(Math.Sqrt(((x - 11) * (x - 11)) + ((y - 11) * (y - 11))) - 8) < 1.5)
                {
                    picture.Pixels[((top + y) * picture.Width) + left + x] = level;
                }
            }
        }
    }

    private static IReadOnlyList<PixelBox> Find(BitmapText picture) =>
        Detector.Find(GrayImage.FromBytes(picture.Width, picture.Height, picture.Pixels));

    /// <summary>The share of the box that the found boxes cover.</summary>
    private static double Covered(IReadOnlyList<PixelBox> found, (int Left, int Top, int Right, int Bottom) box)
    {
        var covered = 0;
        for (var y = box.Top; y < box.Bottom; y++)
        {
            for (var x = box.Left; x < box.Right; x++)
            {
                covered += found.Any(f => f.Intersects(new PixelBox(x, y, x + 1, y + 1))) ? 1 : 0;
            }
        }

        return (double)covered / ((box.Right - box.Left) * (box.Bottom - box.Top));
    }
}
