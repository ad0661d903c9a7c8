using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>What looking once more at places of a picture may cost.</summary>
/// <param name="pixels">Of the picture, not of what is shown enlarged.</param>
internal sealed class LookBudget(long pixels)
{
    private long left = pixels;

    /// <summary>Takes a look from the budget, or nothing where it does not fit: smaller places may.</summary>
    public bool Allows(PixelBox place)
    {
        if (place.Area > left)
        {
            return false;
        }

        left -= place.Area;
        return true;
    }
}
