using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

public sealed class GrayImageTests
{
    private const int Width = 7;
    private const int Height = 5;

    [Theory]
    [InlineData(0, 0, Width, Height)]
    [InlineData(2, 1, 5, 4)]
    [InlineData(-3, -2, 4, 3)]
    [InlineData(4, 3, 11, 9)]
    [InlineData(-2, -2, Width + 3, Height + 1)]
    [InlineData(-9, 1, -4, 3)]
    [InlineData(Width + 2, 1, Width + 6, 3)]
    [InlineData(1, -8, 3, -5)]
    [InlineData(1, Height, 3, Height + 4)]
    [InlineData(3, 2, 3, 2)]
    public void A_part_repeats_the_edge_where_it_reaches_beyond_the_picture(int left, int top, int right, int bottom)
    {
        var image = GrayImage.FromSamples(Width, Height, [.. Enumerable.Range(1, Width * Height).Select(value => (ushort)(1000 * value))]);

        var part = image.Cropped(new PixelBox(left, top, right, bottom));

        Assert.Equal((right - left, bottom - top), (part.Width, part.Height));
        for (var i = 0; i < part.Samples.Length; i++)
        {
            int x = Math.Clamp(left + (i % part.Width), 0, Width - 1), y = Math.Clamp(top + (i / part.Width), 0, Height - 1);
            Assert.Equal(image.Samples[(y * Width) + x], part.Samples[i]);
        }
    }
}
