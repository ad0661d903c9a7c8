using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Tests.Pixels;

public sealed class SecondLookTests
{
    private const int Side = 320;
    private const int Cells = Side / TextNetwork.Cell;
    private const float Possible = -1.5f;
    private const float Dismissed = -8;

    private static readonly TextNetwork Network = TextNetwork.Load();

    [Fact]
    public void Confirms_what_is_text_and_dismisses_what_is_none()
    {
        var picture = Picture();
        var text = picture.Burn("SMITH", 80, 80, 1, 255);
        var logits = Doubtful(0.5f, (text.Left, text.Top, text.Right, text.Bottom), (200, 240, 230, 248));
        var looked = Looked(picture, logits);
        Assert.True(looked[Cell(text.Left + 10, text.Top + 3)] > 2);
        Assert.True(looked[Cell(214, 244)] < Possible);
    }

    [Theory]
    [InlineData(4.5f)]
    [InlineData(-1f)]
    public void Leaves_alone_what_the_first_look_was_sure_of(float logit)
    {
        var logits = Doubtful(logit, (200, 240, 230, 248));
        Assert.Equal(logits, Looked(Picture(), [.. logits]));
    }

    [Fact]
    public void Costs_no_more_than_half_of_a_first_look_at_a_large_picture()
    {
        const int side = 1024;
        const int cells = side / TextNetwork.Cell;
        float[] logits = [.. Enumerable.Range(0, cells * cells).Select(i => i % cells % 16 == 8 && i / cells % 16 == 8 ? 0.5f : Dismissed)];
        var picture = GrayImage.FromBytes(side, side, new BitmapText(side, side).WithNoise(90, 10, 1).Pixels);
        new SecondLook(Network, picture, ToneCurve.Of(picture)).Apply(logits, cells, Possible);
        var untouched = logits.Count(logit => logit == 0.5f);
        // Each look takes 24 + 4 + 24 pixels, doubled.
        Assert.Equal(256 - (side * side / 2 / (104 * 104)), untouched);
    }

    private static BitmapText Picture() => new BitmapText(Side, Side).WithNoise(60, 6, 3);

    private static float[] Looked(BitmapText picture, float[] logits)
    {
        var image = GrayImage.FromBytes(Side, Side, picture.Pixels);
        new SecondLook(Network, image, ToneCurve.Of(image)).Apply(logits, Cells, Possible);
        return logits;
    }

    private static int Cell(int x, int y) => (y / TextNetwork.Cell * Cells) + (x / TextNetwork.Cell);

    private static float[] Doubtful(float logit, params (int Left, int Top, int Right, int Bottom)[] regions)
    {
        var logits = new float[Cells * Cells];
        Array.Fill(logits, Dismissed);
        foreach (var region in regions)
        {
            for (var y = region.Top; y < region.Bottom; y++)
            {
                for (var x = region.Left; x < region.Right; x++)
                {
                    logits[Cell(x, y)] = logit;
                }
            }
        }

        return logits;
    }
}
