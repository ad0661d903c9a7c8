using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Examination;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

public sealed class PageLinesTests
{
    private const int Width = 400;
    private const int Height = 300;

    private static readonly PixelBox Line = new(100, 100, 200, 120);

    [Fact]
    public void A_line_takes_in_the_tails_and_loops_of_its_letters()
    {
        PixelBox[] strokes = [new(120, 110, 122, 127), new(122, 125, 130, 127), new(196, 112, 206, 114), new(150, 95, 152, 105)];

        Assert.Equal([new PixelBox(100, 95, 206, 127)], Lines(strokes, Line));
    }

    [Fact]
    public void A_ruled_line_that_runs_through_text_is_not_followed() => Assert.Equal([Line], Lines([new(120, 20, 122, 280), new(20, 110, 380, 112)], Line));

    [Fact]
    public void Ink_that_only_stands_near_is_of_another_text() => Assert.Equal([Line], Lines([new(120, 121, 122, 126)], Line));

    [Fact]
    public void A_line_that_was_found_in_steps_becomes_one_rectangle()
    {
        PixelBox[] steps = [new(100, 100, 160, 124), new(160, 102, 240, 118), new(250, 102, 320, 118)];

        Assert.Equal([new PixelBox(100, 100, 320, 124)], Lines([], steps));
    }

    [Fact]
    public void Two_lines_do_not_become_one_and_a_block_of_lines_does_not_widen_for_a_longer_one()
    {
        PixelBox[] below = [new(100, 100, 200, 120), new(100, 120, 200, 140)];
        PixelBox[] longer = [new(100, 100, 200, 180), new(200, 160, 280, 180)];

        Assert.Equal(below, Lines([], below));
        Assert.Equal(longer, Lines([], longer));
    }

    private static List<PixelBox> Lines(IEnumerable<PixelBox> strokes, params PixelBox[] boxes)
    {
        // Strokes in the corners make a page of it.
        var samples = new ushort[Width * Height];
        Array.Fill(samples, (ushort)240);
        PixelBox[] corners = [.. Enumerable.Range(0, 36).Select(i => new PixelBox((i % 6 * 66) + 4, (i / 6 * 50) + 4, (i % 6 * 66) + 24, (i / 6 * 50) + 6))];
        foreach (var box in strokes.Concat(corners))
        {
            foreach (var pixel in box.Cells(Width))
            {
                samples[pixel] = 20;
            }
        }

        var page = PaperPage.Of(GrayImage.FromSamples(Width, Height, samples), isInverted: false);
        Assert.NotNull(page);
        return PageLines.Of(page, boxes);
    }
}
