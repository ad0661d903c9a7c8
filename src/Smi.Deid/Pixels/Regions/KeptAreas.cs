using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>Turns what is to be kept into what is to be blanked.</summary>
internal static class KeptAreas
{
    /// <summary>Rectangles that cover the image except for <paramref name="kept"/>, none over another.</summary>
    public static IReadOnlyList<PixelBox> Outside(IReadOnlyList<PixelBox> kept, int columns, int rows)
    {
        var outside = new List<PixelBox>();
        int[] edges = [.. kept.SelectMany(box => new[] { box.Top, box.Bottom }).Append(0).Append(rows).Where(y => y >= 0 && y <= rows).Distinct().Order()];
        for (var index = 0; index + 1 < edges.Length; index++)
        {
            var (top, bottom) = (edges[index], edges[index + 1]);
            var left = 0;
            foreach (var box in kept.Where(box => box.Top <= top && box.Bottom >= bottom).OrderBy(box => box.Left))
            {
                Add(outside, new PixelBox(left, top, Math.Min(box.Left, columns), bottom));
                left = Math.Max(left, box.Right);
            }

            Add(outside, new PixelBox(left, top, columns, bottom));
        }

        return outside;
    }

    private static void Add(List<PixelBox> outside, PixelBox box)
    {
        // Bands of the same width are one rectangle.
        var above = outside.FindIndex(other => other.Left == box.Left && other.Right == box.Right && other.Bottom == box.Top);
        if (above >= 0)
        {
            outside[above] = outside[above] with { Bottom = box.Bottom };
        }
        else if (!box.IsEmpty)
        {
            outside.Add(box);
        }
    }
}
