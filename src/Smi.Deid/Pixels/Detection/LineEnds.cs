using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Follows lines of text beyond where the first look saw them end: over the edge of a sector, onto other ground, across a vessel. What lies beside the
/// ends of a line is looked at with the network of the second look, unless it is even, and what lies beyond that for as long as there is more.
/// </summary>
/// <param name="curve">The tone curve of the whole picture.</param>
internal sealed class LineEnds(TextNetwork secondLook, GrayImage image, float[] curve)
{
    /// <summary>A line is longer than thick by at least this.</summary>
    private const int LeastSlenderness = 2;

    /// <summary>Cells: what is thicker is several lines, or none.</summary>
    private const int MostThickness = 16;

    /// <summary>What is looked at beside an end is as thick as the line, longer than that by this, and at least so many cells.</summary>
    private const double LengthOfThickness = 1.5;
    private const int LeastLength = 3;

    /// <summary>Toned values of an even ground lie no further apart.</summary>
    private const float Even = 0.04f;

    /// <summary>Logit of what continues a line.</summary>
    private const float LeastLogit = 0.5f;

    /// <summary>Logit that it gets: text where it hangs on the line, and never a line by itself.</summary>
    private const float Found = 0;

    /// <summary>Pixels around the place that are looked at with it.</summary>
    private const int Room = 16;

    /// <summary>Pixels that are looked at in all, whatever the size of the picture: about a dozen ends of usual lines.</summary>
    private const int Budget = 20_000;

    private readonly LookBudget budget = new(Budget);
    private readonly int columns = (image.Width + TextNetwork.Cell - 1) / TextNetwork.Cell;
    private readonly int rows = (image.Height + TextNetwork.Cell - 1) / TextNetwork.Cell;

    private enum Side
    {
        Left,
        Right,
        Above,
        Below,
    }

    /// <param name="logits">One for each cell, by rows of <paramref name="width"/>; those in which a line goes on become text that is not certain.</param>
    /// <param name="possible">Logit above which a cell may be text.</param>
    /// <param name="certain">Logit above which a cell is text.</param>
    public void Follow(float[] logits, int width, float possible, float certain)
    {
        Stack<(PixelBox Line, Side Side)> open = new(new CellMask(width, logits.Length / width, logits, certain, possible).Regions().SelectMany(Ends));
        while (open.TryPop(out var end))
        {
            var zone = Beside(end.Line, end.Side);
            List<int> unseen = [.. zone.Cells(width).Where(cell => logits[cell] <= possible)];
            if (unseen.Count > 0 && !IsEven(zone) && Look(logits, width, zone, unseen) is { Count: > 0 } found)
            {
                foreach (var cell in found)
                {
                    logits[cell] = Found;
                }

                open.Push((zone, end.Side));
            }
        }
    }

    private static IEnumerable<(PixelBox Line, Side Side)> Ends(PixelBox line)
    {
        if (line.Width >= LeastSlenderness * line.Height && line.Height <= MostThickness)
        {
            return [(line, Side.Left), (line, Side.Right)];
        }

        return line.Height >= LeastSlenderness * line.Width && line.Width <= MostThickness ? [(line, Side.Above), (line, Side.Below)] : [];
    }

    private static int Length(int thickness) => Math.Max(LeastLength, (int)(LengthOfThickness * thickness));

    private PixelBox Beside(PixelBox line, Side side) => (side switch
    {
        Side.Left => line with { Left = line.Left - Length(line.Height), Right = line.Left },
        Side.Right => line with { Left = line.Right, Right = line.Right + Length(line.Height) },
        Side.Above => line with { Top = line.Top - Length(line.Width), Bottom = line.Top },
        _ => line with { Top = line.Bottom, Bottom = line.Bottom + Length(line.Width) },
    }).ClippedTo(columns, rows);

    private bool IsEven(PixelBox zone)
    {
        var pixels = zone.InPixels().ClippedTo(image.Width, image.Height);
        var (least, most) = (float.MaxValue, float.MinValue);
        for (var y = pixels.Top; y < pixels.Bottom; y++)
        {
            foreach (var sample in image.Samples.AsSpan((y * image.Width) + pixels.Left, pixels.Width))
            {
                (least, most) = (Math.Min(least, curve[sample]), Math.Max(most, curve[sample]));
            }
        }

        return most - least <= Even;
    }

    /// <summary>Those of the cells that are text after all.</summary>
    private List<int> Look(float[] logits, int width, PixelBox zone, List<int> cells)
    {
        var place = zone.InPixels().Grown(Room);
        if (!budget.Allows(place))
        {
            return [];
        }

        var second = new PlaceLogits(secondLook, image, curve, place);
        second.Look();
        return cells.FindAll(cell => SecondLook.Together(logits[cell], second[cell % width, cell / width]) > LeastLogit);
    }
}
