using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Finds burned-in text: letters of any script, light or dark, outlined, upright or turned, about 6 to 60 pixels high. Answers with
/// boxes that cover it; it does not read. Pure computation: the same picture gives the same boxes on every machine. Thread safe.
/// </summary>
public sealed class TextDetector
{
    /// <summary>Probabilities: a region starts where the network is rather sure, and reaches as far as it is not sure of the contrary.</summary>
    private const float Certain = 0.5f;
    private const float Possible = 0.4f;

    private const float CertainWhenSmall = 0.9f;
    private const float PossibleWhenSmall = 0.6f;

    /// <summary>Pixels added around each region: the edges of glyphs are soft.</summary>
    private const int Margin = 1;

    /// <summary>Smaller pictures are enlarged first: in 32 pixels an organ is the size of a letter, and looks like one.</summary>
    private const int SmallSide = 112;

    private readonly TextNetwork network = TextNetwork.Load();

    /// <summary>Boxes inside the picture, from top to bottom; none overlap by more than their margin.</summary>
    public IReadOnlyList<PixelBox> Find(GrayImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var side = Math.Max(image.Width, image.Height);
        if (side >= SmallSide)
        {
            return Find(image, Certain, Possible);
        }

        var factor = (SmallSide + side - 1) / side;
        return
        [
            .. Find(image.Enlarged(factor), CertainWhenSmall, PossibleWhenSmall)
                .Select(box => Reduced(box, factor).ClippedTo(image.Width, image.Height)),
        ];
    }

    private IReadOnlyList<PixelBox> Find(GrayImage image, float certain, float possible)
    {
        var input = NetworkInput.Of(image);
        int width = input.Width / TextNetwork.Cell, height = input.Height / TextNetwork.Cell;
        var cells = new CellMask(width, height, network.Logits(input), Logit(certain), Logit(possible));
        return
        [
            .. cells.Regions()
                .Select(region => InPixels(region).ClippedTo(image.Width, image.Height))
                .Where(box => !box.IsEmpty)
                .OrderBy(box => box.Top).ThenBy(box => box.Left),
        ];
    }

    private static PixelBox Reduced(PixelBox box, int factor) =>
        new(box.Left / factor, box.Top / factor, (box.Right + factor - 1) / factor, (box.Bottom + factor - 1) / factor);

    private static float Logit(float probability) => MathF.Log(probability / (1 - probability));

    private static PixelBox InPixels(PixelBox cells) => new(
        (cells.Left * TextNetwork.Cell) - Margin,
        (cells.Top * TextNetwork.Cell) - Margin,
        (cells.Right * TextNetwork.Cell) + Margin,
        (cells.Bottom * TextNetwork.Cell) + Margin);
}
