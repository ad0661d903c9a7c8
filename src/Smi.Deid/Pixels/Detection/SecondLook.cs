using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Looks once more, at twice the size, at what the first look neither took for text with confidence nor dismissed: cut vessels and small bones
/// that could be letters, letters of a few pixels. The mean of both looks counts. Toned like the whole picture, with some of what is around.
/// </summary>
/// <param name="curve">The tone curve of the whole picture.</param>
internal sealed class SecondLook(TextNetwork network, GrayImage image, float[] curve)
{
    /// <summary>Logits: a region whose highest lies between these is looked at again.</summary>
    private const float Doubtful = -0.4f;
    private const float Sure = 4;

    /// <summary>Pixels around a region that are looked at with it: the reach of the network at twice the size.</summary>
    private const int Room = 24;

    private const int Factor = 2;

    /// <summary>What it may cost: enlarged pixels, as a share of the picture and at least. What is left over keeps its first look.</summary>
    private const double MostShare = 0.5;
    private const int LeastBudget = 200_000;

    /// <param name="logits">One for each cell, by rows of <paramref name="width"/>; those of doubtful regions change.</param>
    /// <param name="possible">Logit above which a cell may be text.</param>
    public void Apply(float[] logits, int width, float possible)
    {
        var budget = (long)Math.Max(LeastBudget, MostShare * image.Width * image.Height);
        var doubtful = new CellMask(width, logits.Length / width, logits, Doubtful, possible).ConnectedRegions()
            .Select(cells => (Cells: cells, Highest: cells.Max(cell => logits[cell])))
            .Where(region => region.Highest < Sure)
            .OrderByDescending(region => region.Highest);
        foreach (var (cells, _) in doubtful)
        {
            var place = Surroundings(new CellExtent(cells, width).Box);
            budget -= (long)place.Width * place.Height * Factor * Factor;
            if (!place.IsEmpty && budget >= 0)
            {
                Average(logits, width, cells, place);
            }
        }
    }

    /// <summary>In pixels; begins on the border of a cell.</summary>
    private PixelBox Surroundings(PixelBox cells) => new PixelBox(
        (cells.Left * TextNetwork.Cell) - Room,
        (cells.Top * TextNetwork.Cell) - Room,
        (cells.Right * TextNetwork.Cell) + Room,
        (cells.Bottom * TextNetwork.Cell) + Room).ClippedTo(image.Width, image.Height);

    private void Average(float[] logits, int width, List<int> cells, PixelBox place)
    {
        var input = NetworkInput.Of(image.Cropped(place).Enlarged(Factor), curve);
        var (enlargedWidth, enlargedHeight) = (input.Width / TextNetwork.Cell, input.Height / TextNetwork.Cell);
        var again = network.Logits(input);
        foreach (var cell in cells)
        {
            int x = ((cell % width) - (place.Left / TextNetwork.Cell)) * Factor, y = ((cell / width) - (place.Top / TextNetwork.Cell)) * Factor;
            if (x + 1 < enlargedWidth && y + 1 < enlargedHeight)
            {
                var at = (y * enlargedWidth) + x;
                var second = (again[at] + again[at + 1] + again[at + enlargedWidth] + again[at + enlargedWidth + 1]) / (Factor * Factor);
                logits[cell] = (logits[cell] + second) / 2;
            }
        }
    }
}
