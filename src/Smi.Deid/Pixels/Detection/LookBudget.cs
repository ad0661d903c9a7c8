using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>What looking once more at places of a picture may cost: pixels, a quarter of the picture's and at least 50,000.</summary>
internal sealed class LookBudget(GrayImage image)
{
    private const double MostShare = 0.25;
    private const int Least = 50_000;

    private long left = (long)Math.Max(Least, MostShare * image.Width * image.Height);

    /// <summary>Takes the looks from the budget, or nothing where they do not fit: smaller places may.</summary>
    public bool Allows(PixelBox place, int looks = 1)
    {
        var cost = (long)place.Width * place.Height * looks;
        if (cost > left)
        {
            return false;
        }

        left -= cost;
        return true;
    }
}
