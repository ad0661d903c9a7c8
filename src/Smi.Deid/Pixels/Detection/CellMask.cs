using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>The network's answer as a mask of cells, and its connected regions as few boxes that cover it closely.</summary>
internal sealed class CellMask
{
    /// <summary>Blanks between words: gaps along a row up to this many cells belong to the text.</summary>
    private const int WordGap = 2;

    /// <summary>A box is cut in two while less than this share of it is text (a slanted line, two lines that touch).</summary>
    private const double LeastFill = 0.85;

    /// <summary>A region is text when this share of its cells is certain; a single certain cell in a large region of doubt is chance.</summary>
    private const double LeastCertain = 0.08;

    /// <summary>
    /// Text reaches up to this many cells beyond those whose logit is above <see cref="Likely"/>: what is only possible between two lines at the same
    /// height belongs to neither.
    /// </summary>
    private const int Reach = 2;
    private const float Likely = -1;

    private readonly int width;
    private readonly int height;
    private readonly bool[] text;
    private readonly bool[] certain;
    private readonly bool[] likely;

    public CellMask(int width, int height, float[] logits, float certain, float possible)
    {
        this.width = width;
        this.height = height;
        text = Array.ConvertAll(logits, logit => logit > possible);
        this.certain = Array.ConvertAll(logits, logit => logit > certain);
        for (var y = 0; y < height; y++)
        {
            CloseGaps(y * width, width);
        }

        likely = Array.ConvertAll(logits, logit => logit > Likely);
    }

    /// <summary>Boxes in cells, for every connected region with enough certain cells.</summary>
    public IEnumerable<PixelBox> Regions()
    {
        var (reached, seen) = (new bool[text.Length], new bool[text.Length]);
        foreach (var region in ConnectedRegions())
        {
            List<int> cells = region.FindAll(cell => Within(cell, Reach).Any(near => likely[near]));
            cells.ForEach(cell => reached[cell] = true);
            foreach (var box in cells.Where(cell => !seen[cell]).SelectMany(cell => Boxes(Connected(cell, reached, seen), reached)))
            {
                yield return box;
            }
        }
    }

    /// <summary>The cells (row × width + column) of every connected region with enough certain cells.</summary>
    public IEnumerable<List<int>> ConnectedRegions() =>
        Connected(text).Where(members => members.Count(cell => certain[cell]) >= Math.Max(1, LeastCertain * members.Count));

    /// <summary>The cells of those regions that are further than this from every certain one, as far as one gets from cell to cell; connected ones together.</summary>
    public IEnumerable<List<int>> FarFromCertain(int distance)
    {
        var far = new bool[text.Length];
        List<int> front = [];
        foreach (var cell in ConnectedRegions().SelectMany(region => region))
        {
            far[cell] = !certain[cell];
            if (certain[cell])
            {
                front.Add(cell);
            }
        }

        for (var step = 0; step < distance; step++)
        {
            front = [.. front.SelectMany(Around).Where(cell => far[cell]).Distinct()];
            front.ForEach(cell => far[cell] = false);
        }

        return Connected(far);
    }

    /// <summary>The cell and the up to eight beside it.</summary>
    public IEnumerable<int> Around(int cell) => Within(cell, distance: 1);

    private void CloseGaps(int start, int count)
    {
        var last = int.MinValue / 2;
        for (var i = 0; i < count; i++)
        {
            if (text[start + i])
            {
                for (var gap = i - last <= WordGap + 1 ? last + 1 : i; gap < i; gap++)
                {
                    text[start + gap] = true;
                }

                last = i;
            }
        }
    }

    private IEnumerable<int> Within(int cell, int distance)
    {
        int x = cell % width, y = cell / width;
        return new PixelBox(x, y, x + 1, y + 1).Grown(distance).ClippedTo(width, height).Cells(width);
    }

    private IEnumerable<List<int>> Connected(bool[] mask)
    {
        var seen = new bool[mask.Length];
        for (var cell = 0; cell < mask.Length; cell++)
        {
            if (mask[cell] && !seen[cell])
            {
                yield return Connected(cell, mask, seen);
            }
        }
    }

    private List<int> Connected(int first, bool[] mask, bool[] seen)
    {
        List<int> members = [first];
        seen[first] = true;
        for (var next = 0; next < members.Count; next++)
        {
            foreach (var neighbour in Around(members[next]))
            {
                if (mask[neighbour] && !seen[neighbour])
                {
                    seen[neighbour] = true;
                    members.Add(neighbour);
                }
            }
        }

        return members;
    }

    private List<PixelBox> Boxes(List<int> members, bool[] reached)
    {
        List<PixelBox> boxes = [];
        Stack<List<int>> open = new([members]);
        while (open.TryPop(out var part))
        {
            var extent = new CellExtent(part, width);
            if (part.Count >= LeastFill * extent.Box.Width * extent.Box.Height && IsClose(extent.Box, reached))
            {
                boxes.Add(extent.Box);
            }
            else
            {
                var (isRow, at) = extent.BestCut();
                open.Push(part.FindAll(cell => (isRow ? cell / width : cell % width) >= at));
                open.Push(part.FindAll(cell => (isRow ? cell / width : cell % width) < at));
            }
        }

        return boxes;
    }

    /// <summary>What a box blanks beyond the text stays within a cell of it: the end of a long line does not widen the short one below.</summary>
    private bool IsClose(PixelBox box, bool[] reached) => box.Cells(width).All(cell => reached[cell] || Around(cell).Any(near => reached[near]));
}
