using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Looks once more, at twice the size and with a larger network that was trained on nothing else, at what the first look neither took for text with
/// confidence nor dismissed: cut vessels and small bones that could be letters, letters of a few pixels, faint lines. Text that goes on beyond what
/// was in doubt is followed. Toned like the whole picture, with some of what is around.
/// </summary>
/// <param name="curve">The tone curve of the whole picture.</param>
/// <param name="caution">Taken off every logit, so that what is in doubt even at the second look is no text.</param>
internal sealed class SecondLook(TextNetwork network, GrayImage image, float[] curve, float caution)
{
    /// <summary>Logits: a region whose highest lies between these is looked at again.</summary>
    private const float Dismissed = -3;
    private const float Sure = 6;

    /// <summary>What counts in the end: the logit of the second look and this share of that of the first.</summary>
    private const float ShareOfFirst = 0.5f;

    /// <summary>Pixels around a region that are looked at with it; beyond the picture its edge is repeated.</summary>
    private const int Room = 24;

    /// <summary>Cells around a region in which its text is followed.</summary>
    private const int Reach = 3;

    private const int Factor = 2;

    /// <summary>What it may cost: pixels, as a share of the picture and at least. What is left over keeps its first look.</summary>
    private const double MostShare = 0.25;
    private const int LeastBudget = 50_000;

    /// <param name="logits">One for each cell, by rows of <paramref name="width"/>; those of doubtful regions and of text that goes on beside them change.</param>
    /// <param name="possible">Logit above which a cell may be text.</param>
    public void Apply(float[] logits, int width, float possible)
    {
        var budget = (long)Math.Max(LeastBudget, MostShare * image.Width * image.Height);
        var doubtful = DoubtfulRegions.Of(logits, width, possible, Dismissed)
            .Select(cells => (Cells: cells, Highest: cells.Max(cell => logits[cell])))
            .Where(region => region.Highest < Sure)
            .OrderByDescending(region => region.Highest)
            .Select(region => region.Cells)
            .ToList();
        var taken = Array.ConvertAll(logits, logit => logit > possible);
        foreach (var cell in doubtful.SelectMany(cells => cells))
        {
            taken[cell] = true;
        }

        foreach (var region in doubtful)
        {
            for (var cells = region; cells.Count > 0;)
            {
                var place = Surroundings(new CellExtent(cells, width).Box);
                budget -= (long)place.Width * place.Height;
                cells = budget < 0 ? [] : Look(logits, width, cells, place, taken);
            }
        }
    }

    /// <summary>In pixels; begins on the border of a cell and may reach beyond the picture.</summary>
    private static PixelBox Surroundings(PixelBox cells) => new(
        (cells.Left * TextNetwork.Cell) - Room,
        (cells.Top * TextNetwork.Cell) - Room,
        (cells.Right * TextNetwork.Cell) + Room,
        (cells.Bottom * TextNetwork.Cell) + Room);

    /// <summary>Gives the cells their new logits; answers with those beside them in which the text goes on.</summary>
    private List<int> Look(float[] logits, int width, List<int> cells, PixelBox place, bool[] taken)
    {
        var second = Logits(place, width);
        float Both(int cell) => (ShareOfFirst * Math.Max(Dismissed, logits[cell])) + second(cell) - caution;

        var found = cells.ConvertAll(Both);
        List<int> beyond = found.Max() > 0 ? [.. Beside(new CellExtent(cells, width).Box, width, logits.Length / width).Where(cell => !taken[cell] && Both(cell) > 0)] : [];
        for (var i = 0; i < cells.Count; i++)
        {
            logits[cells[i]] = found[i];
        }

        foreach (var cell in beyond)
        {
            logits[cell] = 0;
            taken[cell] = true;
        }

        return beyond;
    }

    /// <summary>The second look's logit of a cell of the picture within the place.</summary>
    private Func<int, float> Logits(PixelBox place, int width)
    {
        var input = NetworkInput.Of(image.Cropped(place).Enlarged(Factor), curve);
        var rowLength = input.Width / TextNetwork.Cell;
        var enlarged = network.Logits(input);
        return cell =>
        {
            var (x, y) = ((cell % width) - (place.Left / TextNetwork.Cell), (cell / width) - (place.Top / TextNetwork.Cell));
            var at = (y * Factor * rowLength) + (x * Factor);
            return (enlarged[at] + enlarged[at + 1] + enlarged[at + rowLength] + enlarged[at + rowLength + 1]) / (Factor * Factor);
        };
    }

    private static IEnumerable<int> Beside(PixelBox box, int width, int height)
    {
        for (var y = Math.Max(0, box.Top - Reach); y < Math.Min(height, box.Bottom + Reach); y++)
        {
            for (var x = Math.Max(0, box.Left - Reach); x < Math.Min(width, box.Right + Reach); x++)
            {
                yield return (y * width) + x;
            }
        }
    }
}
