using Smi.Deid.Pixels.Examination;
using Smi.Dicom.Codecs;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Samples of 32 bits, of which the upper half looks negative to who takes them for signed, and colours of more than 8.</summary>
public sealed class WideSampleTests
{
    private const int Width = 256;
    private const int Height = 160;
    private const int Samples = 3;

    /// <summary>A colour difference of grey.</summary>
    private const uint Middle = 1u << 31;

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

    [Theory]
    [InlineData(32, uint.MaxValue)]
    [InlineData(32, 4000)]
    [InlineData(16, 4000)]
    public void Finds_text_that_is_as_bright_as_its_ground_whatever_of_the_range_is_in_use(int bits, uint most)
    {
        var picture = Picture(out var box);
        // Red weighs twice as much as blue.
        var frame = picture.SelectMany(value => (value == 0 ? Pixel(most / 2, 0, 0) : Pixel(0, 0, most)).Chunk(4).SelectMany(sample => sample[..(bits / 8)]));

        Assert.True(IsFound([.. frame], Samples, "RGB", box, bits));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Finds_text_in_one_colour_difference_of_32_bits(int component)
    {
        var picture = Picture(out var box);
        var text = new uint[] { Middle / 2, Middle, Middle };
        text[component] += Middle / 2;
        var frame = picture.SelectMany(value => value == 0 ? Pixel(Middle / 2, Middle, Middle) : Pixel(text[0], text[1], text[2]));

        Assert.True(IsFound([.. frame], Samples, "YBR_FULL", box));
    }

    [Fact]
    public void Looks_at_grey_YBR_of_32_bits_once()
    {
        var frame = Picture(out _).SelectMany((value, i) => Pixel(value * 4000u, Middle + (uint)(i % 3), Middle - (uint)(i % 2)));

        Assert.Single(FramePictures.Of(frame.ToArray(), Format(Samples, "YBR_FULL"), palette: null));
    }

    private static bool IsFound(byte[] frame, int samples, string interpretation, (int Left, int Top, int Right, int Bottom) box, int bits = 32) =>
        FramePictures.Find(PixelWork.Detector, frame, Format(samples, interpretation, bits), palette: null)
            .Any(found => found.Left <= box.Left && found.Top <= box.Top && found.Right >= box.Right && found.Bottom >= box.Bottom);

    private static FrameFormat Format(int samples, string interpretation, int bits = 32) =>
        PixelWork.Gray(Width, Height, interpretation, bits, bits) with { SamplesPerPixel = samples };

    private static IEnumerable<byte> Pixel(params uint[] values) => values.SelectMany(BitConverter.GetBytes);

    private static byte[] Picture(out (int Left, int Top, int Right, int Bottom) box)
    {
        var text = new BitmapText(Width, Height);
        box = text.Burn("ROBERTSON", 30, 30, 3, 255);
        return text.Pixels;
    }

    /// <summary>The same share of the range.</summary>
    private static byte[] Wide(byte value) => BitConverter.GetBytes(value * (uint.MaxValue / byte.MaxValue));
}
