using Smi.Deid.Pixels.Examination;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

public sealed class FrameEvidenceTests
{
    private const int Side = 256;

    [Fact]
    public void Text_that_moves_everywhere_leaves_few_boxes_that_cover_it_all()
    {
        var random = new Random(1);
        IReadOnlyList<IReadOnlyList<PixelBox>> frames = [.. Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 14).Select(_ => Box(random)).ToArray())];

        var together = new FrameEvidence(Side, Side).Combine(frames);

        Assert.All(together, boxes => Assert.InRange(boxes.Count, 1, 100));
        Assert.All(frames.Index(), frame => Assert.All(frame.Item, box => Assert.True(IsCovered(box, together[frame.Index]))));
    }

    [Fact]
    public void Text_that_stands_still_keeps_its_boxes()
    {
        var (standing, once) = (new PixelBox(10, 10, 90, 30), new PixelBox(150, 100, 200, 120));

        Assert.Equal([[standing, once], [standing], [standing]], new FrameEvidence(Side, Side).Combine([[standing, once], [standing], []]));
    }

    [Fact]
    public void What_one_frame_alone_found_beside_text_that_stands_still_is_blanked_on_no_other()
    {
        var (standing, longer) = (new PixelBox(10, 10, 90, 30), new PixelBox(10, 10, 110, 30));

        Assert.Equal([[longer], [standing], [standing]], new FrameEvidence(Side, Side).Combine([[longer], [standing], []]));
    }

    private static PixelBox Box(Random random)
    {
        var (left, top) = (random.Next(Side - 60), random.Next(Side - 14));
        return new PixelBox(left, top, left + random.Next(20, 60), top + 14);
    }

    private static bool IsCovered(PixelBox box, IReadOnlyList<PixelBox> boxes) =>
        Enumerable.Range(box.Top, box.Height).All(y => Enumerable.Range(box.Left, box.Width).All(x => boxes.Any(other => other.Contains(new PixelBox(x, y, x + 1, y + 1)))));
}
