using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

public sealed class CellMaskTests
{
    [Fact]
    public void A_line_is_one_box_across_the_gaps_between_its_words()
    {
        Assert.Equal([new PixelBox(1, 1, 12, 2)], Regions(
            "..............",
            ".####..#####..",
            ".............."));
    }

    [Fact]
    public void A_short_line_below_a_long_one_is_not_widened_to_its_length()
    {
        var boxes = Regions(
            "###############",
            "###############",
            "####...........",
            "####...........");
        Assert.DoesNotContain(boxes, box => box.Intersects(new PixelBox(6, 2, 15, 4)));
        Assert.Equal(15 * 2 + (4 * 2), boxes.Sum(box => box.Width * box.Height));
    }

    [Fact]
    public void Boxes_cover_every_cell_of_a_slanted_line_and_little_else()
    {
        string[] rows = ["##............", "####..........", "..####........", "....####......", "......####....", "........####..", "..........####"];
        var boxes = Regions(rows);
        for (var y = 0; y < rows.Length; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                var isCovered = boxes.Any(box => box.Intersects(new PixelBox(x, y, x + 1, y + 1)));
                Assert.True(rows[y][x] == '.' || isCovered);
            }
        }

        Assert.True(boxes.Sum(box => box.Width * box.Height) < 2 * rows.Sum(row => row.Count(c => c == '#')));
    }

    [Fact]
    public void One_certain_cell_does_not_make_text_of_a_large_region_of_doubt()
    {
        float[] logits = [.. Enumerable.Repeat(0.1f, 39), 1.1f];
        Assert.Empty(new CellMask(10, 4, logits, certain: 1, possible: 0).Regions());
        logits[38] = logits[37] = logits[36] = 1.1f;
        Assert.Equal([new PixelBox(0, 0, 10, 4)], new CellMask(10, 4, logits, certain: 1, possible: 0).Regions());
    }

    [Fact]
    public void Far_from_what_is_certain_is_what_takes_many_steps_from_cell_to_cell()
    {
        const int width = 6;
        float[] logits =
        [
            5, 0, 0, 0, 0, 0,
            -9, -9, -9, -9, -9, 0,
            -9, -9, -9, 0, 0, 0,
        ];
        Assert.Equal([[4, 5, 11, 16, 17, 15]], new CellMask(width, 3, logits, certain: 1, possible: -1).FarFromCertain(distance: 3).Select(cells => cells.ToArray()));
        Assert.Empty(new CellMask(width, 3, logits, certain: 6, possible: -1).FarFromCertain(distance: 3));
    }

    [Fact]
    public void What_is_only_possible_between_two_lines_belongs_to_neither()
    {
        float[] row = [5, 5, 5, -1.2f, -1.2f, -1.2f, -1.2f, -1.2f, -1.2f, -1.2f, 5, 5, 5];
        Assert.Equal([new PixelBox(0, 0, 5, 1), new PixelBox(8, 0, 13, 1)], new CellMask(row.Length, 1, row, certain: 1, possible: -1.7f).Regions());
        row[6] = -0.9f;
        Assert.Equal([new PixelBox(0, 0, 13, 1)], new CellMask(row.Length, 1, row, certain: 1, possible: -1.7f).Regions());
    }

    [Fact]
    public void A_region_without_a_certain_cell_is_no_text()
    {
        Assert.Empty(new CellMask(3, 1, [0.1f, 0.1f, -5], certain: 1, possible: 0).Regions());
        Assert.Equal([new PixelBox(0, 0, 2, 1)], new CellMask(3, 1, [0.1f, 1.1f, -5], certain: 1, possible: 0).Regions());
    }

    private static List<PixelBox> Regions(params string[] rows)
    {
        float[] logits = [.. rows.SelectMany(row => row.Select(c => c == '#' ? 5f : -5f))];
        return [.. new CellMask(rows[0].Length, rows.Length, logits, certain: 0, possible: 0).Regions()];
    }
}
