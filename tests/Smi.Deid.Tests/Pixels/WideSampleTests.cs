using Smi.Deid.Pixels.Examination;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Samples of 32 bits, of which the upper half looks negative to who takes them for signed.</summary>
public sealed class WideSampleTests
{
    private const int Width = 256;
    private const int Height = 160;
    private const int Samples = 3;

    [Fact]
    public void Finds_text_at_the_upper_end_of_32_bits_on_black()
    {
        var picture = Picture(out var box);
        for (var y = Height - 40; y < Height; y++)
        {
            // The middle of the range: as signed values these two lie the furthest apart.
            picture.AsSpan(y * Width, 40).Fill((byte)(127 + (y % 2)));
        }

        Assert.True(IsFound([.. picture.SelectMany(Wide)], 1, "MONOCHROME2", box));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Finds_text_in_one_colour_of_32_bits(int component)
    {
        var picture = Picture(out var box);
        var frame = picture.SelectMany(value => Enumerable.Range(0, Samples).SelectMany(of => Wide(of == component ? value : (byte)0)));

        Assert.True(IsFound([.. frame], Samples, "RGB", box));
    }

    private static bool IsFound(byte[] frame, int samples, string interpretation, (int Left, int Top, int Right, int Bottom) box)
    {
        var format = PixelWork.Gray(Width, Height, interpretation, allocated: 32, stored: 32) with { SamplesPerPixel = samples };
        return FramePictures.Find(PixelWork.Detector, frame, format, palette: null)
            .Any(found => found.Left <= box.Left && found.Top <= box.Top && found.Right >= box.Right && found.Bottom >= box.Bottom);
    }

    private static byte[] Picture(out (int Left, int Top, int Right, int Bottom) box)
    {
        var text = new BitmapText(Width, Height);
        box = text.Burn("ROBERTSON", 30, 30, 3, 255);
        return text.Pixels;
    }

    /// <summary>The same share of the range.</summary>
    private static byte[] Wide(byte value) => BitConverter.GetBytes(value * (uint.MaxValue / byte.MaxValue));
}
