using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Detection;

/// <summary>The network's answer as a mask of cells, and its connected regions as few boxes that cover it closely.</summary>
internal sealed class CellMask
{
    /// <summary>Blanks between words: gaps along a row up to this many cells belong to the text.</summary>
    private const int WordGap = 2;

    /// <summary>A box is cut in two while less than this share of it is text (a slanted line, two lines that touch).</summary>
    private const double LeastFill = 0.85;

    private readonly int width;
    private readonly int height;
    private readonly bool[] text;
    private readonly bool[] certain;

    public CellMask(int width, int height, float[] logits, float certain, float possible)
    {
        this.width = width;
        this.height = height;
        text = [.. logits.Select(logit => logit > possible)];
        this.certain = [.. logits.Select(logit => logit > certain)];
        for (var y = 0; y < height; y++)
        {
            CloseGaps(y * width, width);
        }
    }

    /// <summary>Boxes in cells, for every connected region with at least one certain cell.</summary>
    public IEnumerable<PixelBox> Regions()
    {
        var seen = new bool[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] && !seen[i])
            {
                var members = Connected(i, seen);
                if (members.Exists(cell => certain[cell]))
                {
                    foreach (var box in Boxes(members))
                    {
                        yield return box;
                    }
                }
            }
        }
    }

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

    private List<int> Connected(int first, bool[] seen)
    {
        List<int> members = [first];
        seen[first] = true;
        for (var next = 0; next < members.Count; next++)
        {
            int x = members[next] % width, y = members[next] / width;
            for (var ny = Math.Max(0, y - 1); ny <= Math.Min(height - 1, y + 1); ny++)
            {
                for (var nx = Math.Max(0, x - 1); nx <= Math.Min(width - 1, x + 1); nx++)
                {
                    var neighbour = (ny * width) + nx;
                    if (text[neighbour] && !seen[neighbour])
                    {
                        seen[neighbour] = true;
                        members.Add(neighbour);
                    }
                }
            }
        }

        return members;
    }

    private List<PixelBox> Boxes(List<int> members)
    {
        List<PixelBox> boxes = [];
        Stack<List<int>> open = new([members]);
        while (open.TryPop(out var part))
        {
            var box = Around(part);
            if (part.Count >= LeastFill * box.Width * box.Height)
            {
                boxes.Add(box);
            }
            else
            {
                var (near, far) = Cut(part, box);
                open.Push(far);
                open.Push(near);
            }
        }

        return boxes;
    }

    private PixelBox Around(List<int> members)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        foreach (var member in members)
        {
            int x = member % width, y = member / width;
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
        }

        return new PixelBox(left, top, right, bottom);
    }

    /// <summary>The cut, along a row or a column, that leaves the two smallest boxes.</summary>
    private (List<int> Near, List<int> Far) Cut(List<int> members, PixelBox box)
    {
        var byRow = Enumerable.Range(box.Top + 1, Math.Max(0, box.Height - 1)).Select(at => (Row: true, At: at));
        var byColumn = Enumerable.Range(box.Left + 1, Math.Max(0, box.Width - 1)).Select(at => (Row: false, At: at));
        return byRow.Concat(byColumn).Select(line => Parted(members, line.Row, line.At)).MinBy(parts => Area(parts.Near) + Area(parts.Far));
    }

    private (List<int> Near, List<int> Far) Parted(List<int> members, bool row, int at)
    {
        bool IsNear(int member) => (row ? member / width : member % width) < at;
        return (members.FindAll(IsNear), members.FindAll(member => !IsNear(member)));
    }

    private long Area(List<int> members)
    {
        var box = Around(members);
        return (long)box.Width * box.Height;
    }
}
