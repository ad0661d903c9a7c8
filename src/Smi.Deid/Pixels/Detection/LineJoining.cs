using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Joins the words of a line, upright or turned: boxes of nearly the same height that stand side by side with no more than their height between them,
/// and no more than there is between words of the largest letters: boxes of several lines are high and do not belong together for that.
/// </summary>
internal static class LineJoining
{
    private const double MostRatio = 1.5;
    private const double LeastOverlap = 0.7;
    private const int MostGap = 16;

    /// <summary>Thicker than long by more than this, a box is part of a line that runs the other way.</summary>
    private const int MostSlenderness = 2;

    public static List<PixelBox> Apply(IEnumerable<PixelBox> boxes) => Joined(boxes, AreOfOneLine);

    /// <summary>What belongs together becomes the box around it, again and again until nothing does.</summary>
    public static List<PixelBox> Joined(IEnumerable<PixelBox> boxes, Func<PixelBox, PixelBox, bool> belongTogether)
    {
        List<PixelBox> joined = [];
        foreach (var box in boxes)
        {
            var line = box;
            while (joined.FindIndex(other => belongTogether(line, other)) is >= 0 and var at)
            {
                line = line.Around(joined[at]);
                joined.RemoveAt(at);
            }

            joined.Add(line);
        }

        return joined;
    }

    private static bool AreOfOneLine(PixelBox a, PixelBox b) =>
        AreSideBySide((a.Left, a.Right), (b.Left, b.Right), (a.Top, a.Bottom), (b.Top, b.Bottom))
        || AreSideBySide((a.Top, a.Bottom), (b.Top, b.Bottom), (a.Left, a.Right), (b.Left, b.Right));

    private static bool AreSideBySide((int From, int To) alongA, (int From, int To) alongB, (int From, int To) acrossA, (int From, int To) acrossB)
    {
        var (least, most) = (Math.Min(Length(acrossA), Length(acrossB)), Math.Max(Length(acrossA), Length(acrossB)));
        var gap = Math.Max(alongA.From, alongB.From) - Math.Min(alongA.To, alongB.To);
        var overlap = Math.Min(acrossA.To, acrossB.To) - Math.Max(acrossA.From, acrossB.From);
        return most <= MostSlenderness * Math.Min(Length(alongA), Length(alongB)) && most <= MostRatio * least && overlap >= LeastOverlap * most && gap <= Math.Min(least, MostGap);
    }

    private static int Length((int From, int To) range) => range.To - range.From;
}
