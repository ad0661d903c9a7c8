using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>What was seen on one frame.</summary>
/// <param name="Boxes">Text, inside the frame.</param>
/// <param name="IsPage">It looks like a scanned page, on which handwriting may be that nobody found.</param>
/// <param name="HidesBits">Something stands in unused bits; null where nobody looked.</param>
/// <param name="Blank">What the frame is blanked with, one for each component; null where nobody asked.</param>
internal readonly record struct FrameFinding(IReadOnlyList<PixelBox> Boxes, bool IsPage, bool? HidesBits = null, IReadOnlyList<long>? Blank = null)
{
    /// <summary>More than that share of the frame is text; where boxes overlap, as those of brightness and colour do, it counts once.</summary>
    public bool IsCovered(double share, PixelBox whole)
    {
        var most = share * whole.Width * whole.Height;
        if (Boxes.Sum(box => box.Area) <= most)
        {
            return false;
        }

        var isText = new bool[whole.Width * whole.Height];
        foreach (var box in Boxes)
        {
            for (var y = box.Top; y < box.Bottom; y++)
            {
                isText.AsSpan((y * whole.Width) + box.Left, box.Width).Fill(true);
            }
        }

        return isText.Count(value => value) > most;
    }
}
