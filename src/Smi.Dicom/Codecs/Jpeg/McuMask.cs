using Smi.Dicom.Frames;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// The MCUs of a frame that boxes touch. Whole MCUs, because with subsampling a chroma block is seen under all luma blocks of its MCU.
/// </summary>
internal sealed class McuMask
{
    private readonly JpegFrameHeader frame;
    private readonly bool[] isTouched;

    public McuMask(JpegFrameHeader frame, IEnumerable<PixelBox> boxes)
    {
        this.frame = frame;
        isTouched = new bool[frame.McuColumns * frame.McuRows];
        foreach (PixelBox box in boxes)
        {
            Touch(box.ClippedTo(frame.Columns, frame.Rows));
        }
    }

    public bool IsEmpty => !isTouched.Contains(true);

    /// <param name="component">Whose blocks are counted.</param>
    /// <param name="column">Of the block in its component.</param>
    /// <param name="row">Of the block in its component.</param>
    public bool ContainsBlock(JpegComponent component, int column, int row) =>
        isTouched[row / component.VerticalSampling * frame.McuColumns + column / component.HorizontalSampling];

    private void Touch(PixelBox box)
    {
        if (box.IsEmpty)
        {
            return;
        }

        int width = 8 * frame.MaxHorizontalSampling;
        int height = 8 * frame.MaxVerticalSampling;
        int first = box.Left / width;
        int count = (box.Right - 1) / width - first + 1;
        for (int row = box.Top / height; row <= (box.Bottom - 1) / height; row++)
        {
            isTouched.AsSpan(row * frame.McuColumns + first, count).Fill(true);
        }
    }
}
