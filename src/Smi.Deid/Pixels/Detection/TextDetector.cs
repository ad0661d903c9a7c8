using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Finds burned-in text: letters of any script, light or dark, outlined, upright or turned, about 6 to 60 pixels high. Answers with
/// boxes that cover it; it does not read. Pure computation: the same picture gives the same boxes on every machine. Thread safe.
/// </summary>
public sealed class TextDetector
{
    /// <summary>Probabilities: a region starts where the network is rather sure, and reaches as far as it is not sure of the contrary.</summary>
    private const float Certain = 0.75f;
    private const float CertainWhenEnlarged = 0.8f;
    private const float Possible = 0.15f;

    /// <summary>
    /// Logit that one cell at least of a picture with text reaches: where nothing is surer, one spot that could be a letter is anatomy more often. A
    /// network that sees a line of a name is surer by far.
    /// </summary>
    private const float LeastOfSurest = 2;

    /// <summary>
    /// Logit that the second look must bring beyond what the threshold asks, as often as the picture is enlarged: the fewer pixels there are, the more
    /// organs look like letters.
    /// </summary>
    private const float Caution = 0.5f;

    /// <summary>Pixels added around each region, but not in an enlarged picture: the edges of glyphs are soft.</summary>
    private const int Margin = 1;

    /// <summary>
    /// Pictures up to this are doubled before they are looked at: their letters are small, and a cell of four pixels is too coarse for what little
    /// is around them. Still smaller ones are enlarged to the second: in 32 pixels an organ is the size of a letter, and looks like one.
    /// </summary>
    private const int SmallSide = 256;
    private const int LeastSide = 112;

    private readonly TextNetwork firstLook = TextNetwork.ForFirstLook();
    private readonly TextNetwork secondLook = TextNetwork.ForSecondLook();

    /// <summary>Boxes inside the picture, from top to bottom; none overlap by more than their margin.</summary>
    public IReadOnlyList<PixelBox> Find(GrayImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var factor = Factor(image);
        var shown = factor == 1 ? image : image.Enlarged(factor);
        var curve = ToneCurve.Of(shown);
        var input = NetworkInput.Of(shown, curve);
        int width = input.Width / TextNetwork.Cell, height = input.Height / TextNetwork.Cell;
        var logits = firstLook.Logits(input);
        var (possible, certain) = (Logit(Possible), Logit(factor == 1 ? Certain : CertainWhenEnlarged));
        var doubts = new SecondLook(secondLook, shown, curve, factor * Caution);
        doubts.Apply(logits, width, possible);
        if (logits.Max() < LeastOfSurest)
        {
            return [];
        }

        new LineEnds(secondLook, shown, curve).Follow(logits, width, possible, certain);
        doubts.ApplyToStrands(logits, width, possible, certain);
        var cells = new CellMask(width, height, logits, certain, possible);
        return
        [
            .. LineJoining.Apply(cells.Regions()
                .Select(region => Reduced(region.InPixels().Grown(factor == 1 ? Margin : 0).ClippedTo(shown.Width, shown.Height), factor))
                .Where(box => !box.IsEmpty))
                .OrderBy(box => box.Top).ThenBy(box => box.Left),
        ];
    }

    private static int Factor(GrayImage image)
    {
        var side = Math.Max(image.Width, image.Height);
        return side > SmallSide ? 1 : Math.Max(2, (LeastSide + side - 1) / side);
    }

    private static PixelBox Reduced(PixelBox box, int factor) =>
        new(box.Left / factor, box.Top / factor, (box.Right + factor - 1) / factor, (box.Bottom + factor - 1) / factor);

    private static float Logit(float probability) => MathF.Log(probability / (1 - probability));
}
