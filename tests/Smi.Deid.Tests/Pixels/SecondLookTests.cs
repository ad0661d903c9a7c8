using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Tests.Pixels;

public sealed class SecondLookTests
{
    private const int Side = 320;
    private const int Cells = Side / TextNetwork.Cell;
    private const float Possible = -1.5f;
    private const float Dismissed = -8;
    private const float Caution = 0.5f;

    private static readonly TextNetwork Network = TextNetwork.ForSecondLook();

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
    [InlineData(6.5f)]
    [InlineData(-3.5f)]
    public void Leaves_alone_what_the_first_look_was_sure_of(float logit)
    {
        var logits = Doubtful(logit, (200, 240, 230, 248));
        Assert.Equal(logits, Looked(Picture(), [.. logits]));
    }

    [Fact]
    public void Looks_at_no_more_than_its_share_of_a_large_picture()
    {
        const int side = 1024;
        const int cells = side / TextNetwork.Cell;
        float[] logits = [.. Enumerable.Range(0, cells * cells).Select(i => i % cells % 16 == 8 && i / cells % 16 == 8 ? 0.5f : Dismissed)];
        var picture = GrayImage.FromBytes(side, side, new BitmapText(side, side).WithNoise(90, 10, 1).Pixels);
        new SecondLook(Network, picture, ToneCurve.Of(picture), Caution).Apply(logits, cells, Possible);
        var untouched = logits.Count(logit => logit == 0.5f);
        // Each look takes 24 + 4 + 24 pixels.
        Assert.Equal(256 - ((50_000 + (int)(0.18 * side * side)) / (52 * 52)), untouched);
    }

    [Fact]
    public void Looks_at_a_small_region_where_a_larger_one_costs_too_much()
    {
        var logits = Doubtful(0.5f, (0, 0, 200, 300), (260, 240, 290, 248));
        logits[0] = 0.6f;
        var looked = Looked(Picture(), logits);
        Assert.Equal(0.6f, looked[0]);
        Assert.NotEqual(0.5f, looked[Cell(270, 244)]);
    }

    [Fact]
    public void Follows_text_beyond_what_was_in_doubt()
    {
        var picture = Picture();
        var text = picture.Burn("SMITHSMITHS", 80, 80, 1, 255);
        var looked = Looked(picture, Doubtful(0.5f, (text.Left, text.Top, text.Left + 16, text.Bottom)));
        Assert.True(looked[Cell(text.Right - 4, text.Top + 3)] > Possible);
        Assert.Equal(Dismissed, looked[Cell(text.Right + 40, text.Top + 3)]);
        Assert.Equal(Dismissed, looked[Cell(text.Left + 10, text.Bottom + 24)]);
    }

    [Fact]
    public void Does_not_dismiss_text_at_the_very_edge_of_a_picture()
    {
        var picture = Picture();
        var text = picture.Burn("SMITH", 0, 0, 1, 255);
        Assert.InRange(Looked(picture, Doubtful(0.5f, (text.Left, text.Top, text.Right, text.Bottom)))[Cell(10, 4)], Possible, 99);
    }

    [Theory]
    [InlineData(64, 8, -0.35f)]
    [InlineData(8, 64, -0.35f)]
    [InlineData(16, 8, -1.35f)]
    [InlineData(8, 8, -1.35f)]
    public void Asks_more_of_what_is_no_longer_than_a_letter(int width, int height, float expected)
    {
        var logits = Doubtful(0.5f, (80, 80, 80 + width, 80 + height));
        var image = GrayImage.FromBytes(Side, Side, Picture().Pixels);
        using var indifferent = new MemoryStream(UntrainedWeights.Zero(8, 8, 8, 8));
        new SecondLook(TextNetwork.Read(indifferent), image, ToneCurve.Of(image), Caution).Apply(logits, Cells, Possible);
        Assert.Equal(expected, logits[Cell(80, 80)], 1e-5f);
    }

    [Fact]
    public void What_hangs_on_text_far_from_all_that_is_certain_is_dismissed_if_it_is_none()
    {
        var picture = Picture();
        var text = picture.Burn("SMITHSMITHS", 80, 80, 1, 255);
        var logits = Strand((text.Left, text.Top, text.Right, text.Bottom), (text.Right, text.Top, text.Right + 64, text.Bottom));
        float[] before = [.. logits];
        LookAtStrands(picture, logits);
        Assert.Equal(before[Cell(text.Left + 10, text.Top + 3)], logits[Cell(text.Left + 10, text.Top + 3)]);
        Assert.Equal(0.5f, logits[Cell(text.Right + 6, text.Top + 3)]);
        Assert.True(logits[Cell(text.Right + 40, text.Top + 3)] < Possible);
    }

    [Fact]
    public void The_faint_end_of_a_line_stays_text()
    {
        var picture = Picture();
        var text = picture.Burn("SMITHSMITHSMITHS", 80, 80, 1, 255);
        var logits = Strand((text.Left, text.Top, text.Left + 20, text.Bottom), (text.Left + 20, text.Top, text.Right, text.Bottom));
        LookAtStrands(picture, logits);
        Assert.True(logits[Cell(text.Right - 6, text.Top + 3)] > Possible);
    }

    [Fact]
    public void Strands_for_which_nothing_is_left_to_spend_stay_what_they_are()
    {
        var logits = Strand((0, 0, Side, 16), (0, 16, Side, 300));
        float[] before = [.. logits];
        LookAtStrands(Picture(), logits);
        Assert.Equal(before, logits);
    }

    [Fact]
    public void What_may_be_text_is_in_doubt_and_so_is_a_faint_spot_away_from_it()
    {
        var logits = new float[10 * 6];
        Array.Fill(logits, Dismissed);
        (logits[11], logits[12], logits[13]) = (0, 0, -2.5f);
        (logits[47], logits[57]) = (-2.5f, -2);
        var regions = DoubtfulRegions.Of(logits, 10, Possible, dismissed: -3);
        Assert.Equal([[11, 12], [47, 57]], regions);
    }

    [Fact]
    public void A_faint_spot_is_in_doubt_however_large_the_regions_are_that_lie_far_away()
    {
        const int width = 100;
        var logits = new float[width * 4];
        Array.Fill(logits, Dismissed);
        logits.AsSpan(0, 60).Clear();
        logits[(3 * width) + 80] = -2;
        Assert.Equal([[.. Enumerable.Range(0, 60)], [(3 * width) + 80]], DoubtfulRegions.Of(logits, width, Possible, dismissed: -3));
    }

    private static BitmapText Picture() => new BitmapText(Side, Side).WithNoise(60, 6, 3);

    private static float[] Looked(BitmapText picture, float[] logits)
    {
        var image = GrayImage.FromBytes(Side, Side, picture.Pixels);
        new SecondLook(Network, image, ToneCurve.Of(image), Caution).Apply(logits, Cells, Possible);
        return logits;
    }

    private static void LookAtStrands(BitmapText picture, float[] logits)
    {
        var image = GrayImage.FromBytes(Side, Side, picture.Pixels);
        new SecondLook(Network, image, ToneCurve.Of(image), Caution).ApplyToStrands(logits, Cells, Possible, certain: 1);
    }

    private static int Cell(int x, int y) => (y / TextNetwork.Cell * Cells) + (x / TextNetwork.Cell);

    private static float[] Strand((int Left, int Top, int Right, int Bottom) certain, (int Left, int Top, int Right, int Bottom) doubtful)
    {
        var logits = Doubtful(0.5f, doubtful);
        Fill(logits, certain, 5);
        return logits;
    }

    private static float[] Doubtful(float logit, params (int Left, int Top, int Right, int Bottom)[] regions)
    {
        var logits = new float[Cells * Cells];
        Array.Fill(logits, Dismissed);
        foreach (var region in regions)
        {
            Fill(logits, region, logit);
        }

        return logits;
    }

    private static void Fill(float[] logits, (int Left, int Top, int Right, int Bottom) region, float logit)
    {
        for (var y = region.Top; y < region.Bottom; y++)
        {
            for (var x = region.Left; x < region.Right; x++)
            {
                logits[Cell(x, y)] = logit;
            }
        }
    }
}
