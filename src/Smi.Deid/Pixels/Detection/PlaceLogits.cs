namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Logits of one place of a picture at several times its size: the mean of as many of its mirror images as were looked at, for what is text only one
/// way round is seldom text.
/// </summary>
/// <param name="place">Already enlarged; its sides are multiples of <paramref name="factor"/> cells.</param>
/// <param name="curve">The tone curve of the whole picture.</param>
/// <param name="factor">Cells of the enlarged place along each side of a cell of the picture.</param>
internal sealed class PlaceLogits(TextNetwork network, GrayImage place, float[] curve, int factor)
{
    private static readonly (bool IsMirrored, bool IsUpsideDown)[] s_mirrorImages = [(true, true), (true, false), (false, true)];

    private readonly int width = place.Width / TextNetwork.Cell;
    private readonly int height = place.Height / TextNetwork.Cell;
    private readonly float[] sums = new float[place.Width / TextNetwork.Cell * (place.Height / TextNetwork.Cell)];
    private int looks;

    /// <summary>Looks that <see cref="LookAtMirrorImages"/> takes.</summary>
    public static int MirrorImages => s_mirrorImages.Length;

    /// <summary>Of a cell of the picture, counted from the place's first.</summary>
    public float this[int x, int y]
    {
        get
        {
            var sum = 0f;
            for (var row = y * factor; row < (y + 1) * factor; row++)
            {
                for (var column = x * factor; column < (x + 1) * factor; column++)
                {
                    sum += sums[(row * width) + column];
                }
            }

            return sum / (factor * factor * looks);
        }
    }

    public void Look() => Look(isMirrored: false, isUpsideDown: false);

    public void LookAtMirrorImages()
    {
        foreach (var (isMirrored, isUpsideDown) in s_mirrorImages)
        {
            Look(isMirrored, isUpsideDown);
        }
    }

    private void Look(bool isMirrored, bool isUpsideDown)
    {
        var input = NetworkInput.Of(place.Mirrored(isMirrored, isUpsideDown), curve);
        var rowLength = input.Width / TextNetwork.Cell;
        var logits = network.Logits(input);
        for (var y = 0; y < height; y++)
        {
            var row = (isUpsideDown ? height - 1 - y : y) * rowLength;
            for (var x = 0; x < width; x++)
            {
                sums[(y * width) + x] += logits[row + (isMirrored ? width - 1 - x : x)];
            }
        }

        looks++;
    }
}
