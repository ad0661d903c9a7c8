using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Logits of one place of a picture at twice its size: the mean of as many of its mirror images, and of those of it turned on its side, as were
/// looked at, for what is text only one way round is seldom text. Toned like the whole picture.
/// </summary>
internal sealed class PlaceLogits
{
    private const int Factor = 2;

    private static readonly (bool IsMirrored, bool IsUpsideDown)[] s_ways = [(false, false), (true, true), (true, false), (false, true)];

    private readonly TextNetwork network;
    private readonly PixelBox place;
    private readonly GrayImage shown;
    private readonly float[] curve;
    private readonly int width;
    private readonly int height;
    private readonly float[] sums;
    private int looks;

    /// <param name="place">In pixels, on the borders of cells; it may reach beyond the picture, where its edge is repeated.</param>
    /// <param name="curve">The tone curve of the whole picture.</param>
    public PlaceLogits(TextNetwork network, GrayImage image, float[] curve, PixelBox place)
    {
        (this.network, this.curve, this.place) = (network, curve, place);
        shown = image.Cropped(place).Enlarged(Factor);
        (width, height) = (shown.Width / TextNetwork.Cell, shown.Height / TextNetwork.Cell);
        sums = new float[width * height];
    }

    /// <summary>Whether a mirror image is left to look at.</summary>
    public bool IsLeft => looks < s_ways.Length;

    /// <summary>Of a cell of the picture.</summary>
    public float this[int column, int row]
    {
        get
        {
            var (left, top) = (((column * TextNetwork.Cell) - place.Left) * Factor / TextNetwork.Cell, ((row * TextNetwork.Cell) - place.Top) * Factor / TextNetwork.Cell);
            var sum = 0f;
            for (var y = top; y < top + Factor; y++)
            {
                for (var x = left; x < left + Factor; x++)
                {
                    sum += sums[(y * width) + x];
                }
            }

            return sum / (Factor * Factor * looks);
        }
    }

    /// <summary>Looks at the place as it is the first time, then at one mirror image after the other.</summary>
    public void Look() => Look(shown, s_ways[looks], isTurned: false);

    /// <summary>Looks at the place turned on its side, and at the mirror images of that.</summary>
    public void LookTurned()
    {
        var turned = shown.Transposed();
        Array.ForEach(s_ways, way => Look(turned, way, isTurned: true));
    }

    private void Look(GrayImage seen, (bool IsMirrored, bool IsUpsideDown) way, bool isTurned)
    {
        var (columns, rows) = isTurned ? (height, width) : (width, height);
        var input = NetworkInput.Of(seen.Mirrored(way.IsMirrored, way.IsUpsideDown), curve);
        var rowLength = input.Width / TextNetwork.Cell;
        var logits = network.Logits(input);
        for (var y = 0; y < rows; y++)
        {
            var row = (way.IsUpsideDown ? rows - 1 - y : y) * rowLength;
            for (var x = 0; x < columns; x++)
            {
                sums[isTurned ? (x * width) + y : (y * width) + x] += logits[row + (way.IsMirrored ? columns - 1 - x : x)];
            }
        }

        looks++;
    }
}
