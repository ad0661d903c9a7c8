using Smi.Dicom.Frames;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>Which samples of a block lie under boxes that are blanked.</summary>
internal sealed class BlockCoverage
{
    public const ulong All = ulong.MaxValue;

    private readonly JpegFrameHeader frame;
    private readonly IReadOnlyList<PixelBox> boxes;
    private readonly McuMask touched;

    public BlockCoverage(JpegFrameHeader frame, IReadOnlyList<PixelBox> boxes)
    {
        this.frame = frame;
        this.boxes = [.. boxes.Select(box => Reaching(box, frame))];
        touched = new McuMask(frame, boxes);
    }

    public bool IsEmpty => touched.IsEmpty;

    /// <summary>A bit for each sample, row by row. A chroma sample counts when one of the pixels it is shown under does.</summary>
    /// <param name="component">Whose blocks are counted.</param>
    /// <param name="column">Of the block in its component.</param>
    /// <param name="row">Of the block in its component.</param>
    public ulong Of(JpegComponent component, int column, int row)
    {
        if (!touched.ContainsBlock(component, column, row))
        {
            return 0;
        }

        int across = 8 * frame.MaxHorizontalSampling / component.HorizontalSampling;
        int down = 8 * frame.MaxVerticalSampling / component.VerticalSampling;
        var block = new PixelBox(column * across, row * down, (column + 1) * across, (row + 1) * down);
        return boxes.Any(box => box.Contains(block)) ? All : Partly(component, column, row);
    }

    private ulong Partly(JpegComponent component, int column, int row)
    {
        int width = frame.MaxHorizontalSampling / component.HorizontalSampling;
        int height = frame.MaxVerticalSampling / component.VerticalSampling;
        ulong covered = 0;
        for (int sample = 0; sample < 64; sample++)
        {
            int left = (column * 8 + (sample & 7)) * width;
            int top = (row * 8 + (sample >> 3)) * height;
            if (boxes.Any(box => box.Intersects(new PixelBox(left, top, left + width, top + height))))
            {
                covered |= 1UL << sample;
            }
        }

        return covered;
    }

    // Behind the last pixel are samples that nobody sees; they go with the edge, so that no block is cut there.
    private static PixelBox Reaching(PixelBox box, JpegFrameHeader frame) => box with
    {
        Right = box.Right >= frame.Columns ? int.MaxValue : box.Right,
        Bottom = box.Bottom >= frame.Rows ? int.MaxValue : box.Bottom,
    };
}
