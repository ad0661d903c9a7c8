using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>What looking once more at places of a picture may cost.</summary>
/// <param name="pixels">Of the picture, not of what is shown enlarged.</param>
internal sealed class LookBudget(long pixels)
{
    private long left = pixels;

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
