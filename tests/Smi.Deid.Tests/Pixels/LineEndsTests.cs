using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

public sealed class LineEndsTests
{
    private const int Side = 320;
    private const int Cells = Side / TextNetwork.Cell;
    private const float Possible = -1.7f;
    private const float Certain = 1;
    private const float None = -4;

    private static readonly TextNetwork Network = TextNetwork.ForSecondLook();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_line_of_which_only_the_middle_was_seen_is_found_to_both_ends_and_no_further(bool isTurned)
    {
        var picture = new BitmapText(Side, Side).WithNoise(60, 6, 3);
        var (left, top, right, bottom) = picture.Burn("SMITHSMITHSMITHS", 80, 80, 2, 255);
        var text = new PixelBox(left, top, right, bottom);
        var third = text.Width / 3;
        var seen = text with { Left = text.Left + third, Right = text.Right - third };
        var (image, logits) = (Image(picture.Pixels, isTurned), Logits(Turned(seen, isTurned)));
        new LineEnds(Network, image, ToneCurve.Of(image)).Follow(logits, Cells, Possible, Certain);
        foreach (var x in new[] { text.Left + 4, text.Left + 16, text.Right - 16, text.Right - 4 })
        {
            Assert.InRange(logits[Cell(x, text.Top + 6, isTurned)], Possible, Certain);
        }

        Assert.Equal(None, logits[Cell(text.Left - 16, text.Top + 6, isTurned)]);
        Assert.Equal(None, logits[Cell(text.Right + 16, text.Top + 6, isTurned)]);
        Assert.Equal(None, logits[Cell(text.Left + (text.Width / 2), text.Bottom + 16, isTurned)]);
    }

    [Fact]
    public void Beside_a_line_on_even_ground_nothing_is_looked_at()
    {
        var image = GrayImage.FromBytes(Side, Side, new byte[Side * Side]);
        var logits = Logits(new PixelBox(80, 80, 200, 96));
        using var sure = new MemoryStream(UntrainedWeights.Of(8, 8, 16, 16));
        float[] before = [.. logits];
        new LineEnds(TextNetwork.Read(sure), image, ToneCurve.Of(image)).Follow(logits, Cells, Possible, Certain);
        Assert.Equal(before, logits);
    }

    [Theory]
    [InlineData(24, 24)]
    [InlineData(200, 80)]
    public void What_is_no_line_is_not_followed(int width, int height)
    {
        var picture = new BitmapText(Side, Side).WithNoise(60, 6, 3);
        picture.Burn("SMITHSMITHSMITHSMITHS", 20, 84, 2, 255);
        var logits = Logits(new PixelBox(80, 80, 80 + width, 80 + height));
        float[] before = [.. logits];
        var image = Image(picture.Pixels, isTurned: false);
        new LineEnds(Network, image, ToneCurve.Of(image)).Follow(logits, Cells, Possible, Certain);
        Assert.Equal(before, logits);
    }

    [Fact]
    public void Ends_for_which_there_is_no_budget_keep_what_they_are()
    {
        const int lines = 64;
        var picture = new BitmapText(Side, Side).WithNoise(60, 6, 3);
        var logits = Logits();
        for (var i = 0; i < lines; i++)
        {
            picture.Burn("SMITH", 8 + (i % 4 * 80), 4 + (i / 4 * 20), 1, 255);
            Mark(logits, new PixelBox(8 + (i % 4 * 80), 4 + (i / 4 * 20), 24 + (i % 4 * 80), 12 + (i / 4 * 20)));
        }

        var image = Image(picture.Pixels, isTurned: false);
        new LineEnds(Network, image, ToneCurve.Of(image)).Follow(logits, Cells, Possible, Certain);
        var followed = Enumerable.Range(0, lines).Count(i => logits[Cell(28 + (i % 4 * 80), 8 + (i / 4 * 20), isTurned: false)] > Possible);
        Assert.InRange(followed, 4, lines / 2);
    }

    private static GrayImage Image(byte[] pixels, bool isTurned) =>
        GrayImage.FromBytes(Side, Side, isTurned ? [.. Enumerable.Range(0, pixels.Length).Select(i => pixels[(i % Side * Side) + (i / Side)])] : pixels);

    private static PixelBox Turned(PixelBox box, bool isTurned) => isTurned ? new PixelBox(box.Top, box.Left, box.Bottom, box.Right) : box;

    private static int Cell(int x, int y, bool isTurned) => isTurned ? (x / TextNetwork.Cell * Cells) + (y / TextNetwork.Cell) : (y / TextNetwork.Cell * Cells) + (x / TextNetwork.Cell);

    private static float[] Logits(params PixelBox[] lines)
    {
        var logits = new float[Cells * Cells];
        Array.Fill(logits, None);
        foreach (var line in lines)
        {
            Mark(logits, line);
        }

        return logits;
    }

    private static void Mark(float[] logits, PixelBox line)
    {
        for (var y = line.Top; y < line.Bottom; y++)
        {
            for (var x = line.Left; x < line.Right; x++)
            {
                logits[Cell(x, y, isTurned: false)] = 5;
            }
        }
    }
}
