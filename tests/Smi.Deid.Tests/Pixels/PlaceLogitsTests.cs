using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

public sealed class PlaceLogitsTests
{
    private const int Width = 96;
    private const int Height = 64;
    private const int Columns = Width / TextNetwork.Cell;
    private const int Rows = Height / TextNetwork.Cell;

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Answers_the_same_for_a_mirror_image_once_all_were_looked_at(bool isAcross, bool isDown)
    {
        var image = Picture();
        var (one, other) = (Looked(image), Looked(image.Mirrored(isAcross, isDown)));

        Assert.NotEqual(one[1, 1], other[Column(1, isAcross), Row(1, isDown)]);
        LookAtTheRest(one);
        LookAtTheRest(other);

        for (var y = 0; y < Rows; y++)
        {
            for (var x = 0; x < Columns; x++)
            {
                Assert.Equal(one[x, y], other[Column(x, isAcross), Row(y, isDown)], 1e-3f);
            }
        }
    }

    [Fact]
    public void Answers_the_same_for_a_picture_on_its_side_once_all_were_looked_at()
    {
        var image = Picture();
        var (one, other) = (Looked(image), Looked(image.Transposed()));

        Assert.NotEqual(one[1, 2], other[2, 1]);
        LookAtTheRest(one);
        LookAtTheRest(other);
        one.LookTurned();
        other.LookTurned();

        for (var y = 0; y < Rows; y++)
        {
            for (var x = 0; x < Columns; x++)
            {
                Assert.Equal(one[x, y], other[y, x], 1e-3f);
            }
        }
    }

    private static void LookAtTheRest(PlaceLogits place)
    {
        while (place.IsLeft)
        {
            place.Look();
        }
    }

    private static GrayImage Picture()
    {
        var text = new BitmapText(Width, Height).WithNoise(60, 30, 5);
        text.Burn("RTF", 10, 10, 2, 230);
        return GrayImage.FromBytes(Width, Height, text.Pixels);
    }

    private static int Column(int x, bool isAcross) => isAcross ? Columns - 1 - x : x;

    private static int Row(int y, bool isDown) => isDown ? Rows - 1 - y : y;

    private static PlaceLogits Looked(GrayImage image)
    {
        using var weights = new MemoryStream(UntrainedWeights.Of(8, 8, 16, 16));
        var place = new PlaceLogits(TextNetwork.Read(weights), image, ToneCurve.Of(image), new PixelBox(0, 0, image.Width, image.Height));
        place.Look();
        return place;
    }
}
