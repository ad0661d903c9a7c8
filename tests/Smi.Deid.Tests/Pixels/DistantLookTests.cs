using Smi.Dicom;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Letters that are higher than the detector knows, as they stand on films scanned at full resolution.</summary>
public sealed class DistantLookTests
{
    private const int Width = 1200;
    private const int Height = 1024;
    private const byte Ink = 220;

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    public void Large_letters_are_blanked_in_a_large_picture(int scale)
    {
        var picture = new BitmapText(Width, Height).WithNoise(60, 8, 1);
        picture.Burn("ROBERTS", 60, 80, scale, Ink);

        using var context = PixelWork.Run(PixelWork.Image(PixelWork.Gray(Width, Height), picture.Pixels), TransferSyntax.ExplicitLittleEndian, out var refusal);

        Assert.Null(refusal);
        Assert.DoesNotContain(Ink, PixelWork.Frame(context, 0));
    }

    [Fact]
    public void Large_letters_are_blanked_beside_padding_far_above_them()
    {
        var picture = new BitmapText(Width, Height).WithNoise(60, 8, 1);
        picture.Burn("ROBERTS", 60, 80, 16, Ink);
        var words = picture.Pixels.SelectMany((value, i) => BitConverter.GetBytes(i / Width > Height - 80 ? (ushort)60000 : value)).ToArray();

        using var context = PixelWork.Run(
            PixelWork.Image(PixelWork.Gray(Width, Height, allocated: 16, stored: 16), words), TransferSyntax.ExplicitLittleEndian, out var refusal);

        Assert.Null(refusal);
        Assert.DoesNotContain(Ink, PixelWork.Frame(context, 0).Where((_, i) => i % 2 == 0 && i / 2 / Width < Height - 80));
    }

    [Fact]
    public void Boxes_of_small_letters_do_not_grow_because_of_it()
    {
        const int scale = 3;
        var picture = new BitmapText(Width, Height).WithNoise(60, 8, 1);
        picture.Burn("ROBERTSON 1959", 100, 300, scale, Ink);

        using var context = PixelWork.Run(PixelWork.Image(PixelWork.Gray(Width, Height), picture.Pixels), TransferSyntax.ExplicitLittleEndian, out _);

        Assert.NotEmpty(context.Report.Regions);
        Assert.All(context.Report.Regions, region => Assert.InRange(region.Y1 - region.Y0, 1, 2 * 7 * scale));
    }
}
