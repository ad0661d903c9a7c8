using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// What the frames of one image say together: text that stands still is found on most frames but may be missed on one, over bright
/// anatomy for instance. A region of which every part was found on several frames is therefore blanked on all of them; what was seen once only where it
/// was seen.
/// </summary>
internal sealed class FrameEvidence(int columns, int rows)
{
    private const int Cell = 8;
    private const int LeastFrames = 2;

    /// <summary>Boxes that frames share as they were found.</summary>
    private const int MostShared = 64;

    /// <summary>In a long cine chance finds repeat; text stands for at least this share of the frames.</summary>
    private const double LeastShare = 0.02;

    private readonly int across = (columns + Cell - 1) / Cell;
    private readonly int[] counts = new int[((columns + Cell - 1) / Cell) * ((rows + Cell - 1) / Cell)];

    /// <summary>For each frame its own boxes and those that others agree on.</summary>
    public IReadOnlyList<IReadOnlyList<PixelBox>> Combine(IReadOnlyList<IReadOnlyList<PixelBox>> frames)
    {
        if (frames.Count == 1)
        {
            return frames;
        }

        foreach (var boxes in frames)
        {
            foreach (var cell in boxes.SelectMany(Cells).Distinct())
            {
                counts[cell]++;
            }
        }

        var least = Math.Max(LeastFrames, LeastShare * frames.Count);
        var shared = Joined(WithoutContained(frames.SelectMany(boxes => boxes).Distinct().Where(box => Cells(box).All(cell => counts[cell] >= least))));
        return [.. frames.Select(boxes => WithoutContained([.. shared, .. boxes]))];
    }

    /// <summary>Text that moves leaves thousands of boxes over one another, which every frame would get: the rectangles that they cover are few.</summary>
    private IReadOnlyList<PixelBox> Joined(List<PixelBox> boxes) => boxes.Count <= MostShared
        ? boxes
        : KeptAreas.Outside(KeptAreas.Outside(boxes, columns, rows), columns, rows);

    private IEnumerable<int> Cells(PixelBox box) => box.InCells(Cell).Cells(across);

    private static List<PixelBox> WithoutContained(IEnumerable<PixelBox> boxes)
    {
        List<PixelBox> kept = [];
        foreach (var box in boxes.OrderByDescending(box => box.Area))
        {
            if (!kept.Exists(other => other.Contains(box)))
            {
                kept.Add(box);
            }
        }

        return [.. kept.OrderBy(box => box.Top).ThenBy(box => box.Left)];
    }
}
