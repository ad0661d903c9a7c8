using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// Lines of a page as whole rectangles: with the loops and tails of its handwriting that reach beyond what was found, and without steps along them, for
/// an outline that follows a hand shows letters of what it hides.
/// </summary>
internal static class PageLines
{
    /// <summary>A stroke is followed so far beyond a box, in parts of its thickness; what goes on even there is a ruled line, or belongs to another text.</summary>
    private const double Beyond = 0.6;

    /// <summary>
    /// Boxes are of one line when they share this much of the height of the lower one, no more than that height lies between them, they are no higher
    /// together than this of the higher, and what the box around them adds is no more than this of the smaller: a block of lines does not widen for one.
    /// </summary>
    private const double LeastShared = 0.5;
    private const double MostGrowth = 1.5;
    private const double MostAdded = 0.75;

    /// <param name="boxes">Inside the page.</param>
    public static List<PixelBox> Of(PaperPage page, IEnumerable<PixelBox> boxes) =>
        LineJoining.Joined(boxes.Select(box => WithStrokes(page, box)), AreOfOneLine);

    private static bool AreOfOneLine(PixelBox a, PixelBox b)
    {
        var line = a.Around(b);
        return Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) >= LeastShared * Math.Min(a.Height, b.Height)
            && Math.Max(a.Left, b.Left) - Math.Min(a.Right, b.Right) <= Math.Min(a.Height, b.Height)
            && line.Height <= MostGrowth * Math.Max(a.Height, b.Height)
            && line.Area - a.Area - b.Area <= MostAdded * Math.Min(a.Area, b.Area);
    }

    private static PixelBox WithStrokes(PaperPage page, PixelBox box)
    {
        var most = (int)(Beyond * Math.Min(box.Width, box.Height));
        int Reach(int length, Func<int, int, (int X, int Y)> place) => Reached(length, most, (along, beyond) => page.IsInk(place(along, beyond)));

        return new PixelBox(
            box.Left - Reach(box.Height, (along, beyond) => (box.Left - beyond, box.Top + along)),
            box.Top - Reach(box.Width, (along, beyond) => (box.Left + along, box.Top - beyond)),
            box.Right + Reach(box.Height, (along, beyond) => (box.Right - 1 + beyond, box.Top + along)),
            box.Bottom + Reach(box.Width, (along, beyond) => (box.Left + along, box.Bottom - 1 + beyond)));
    }

    /// <summary>How far ink goes on beyond a side of a box; 0 where it goes on beyond all that is followed.</summary>
    /// <param name="length">Of the side.</param>
    /// <param name="most">How far it is followed.</param>
    /// <param name="isInk">At a place along the side, so far beyond the box; at 0 just inside it.</param>
    private static int Reached(int length, int most, Func<int, int, bool> isInk)
    {
        bool[] Ink(int beyond) => [.. Enumerable.Range(0, length).Select(along => isInk(along, beyond))];

        var strokes = Ink(0);
        for (var beyond = 1; beyond <= most + 1; beyond++)
        {
            var ink = Ink(beyond);
            bool[] further = [.. ink.Select((value, along) => value && strokes.AsSpan(Math.Max(0, along - 1)..Math.Min(length, along + 2)).Contains(true))];
            for (var along = 1; along < length; along++)
            {
                further[along] |= ink[along] && further[along - 1];
            }

            for (var along = length - 2; along >= 0; along--)
            {
                further[along] |= ink[along] && further[along + 1];
            }

            if (!further.Contains(true))
            {
                return beyond - 1;
            }

            strokes = further;
        }

        return 0;
    }
}
