namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// Brings the rows of a subsampled component to full size. Halved components are interpolated with the triangle filter common to
/// JPEG decoders (each sample 3/4 of the nearer and 1/4 of the further neighbour), other ratios repeat the nearest sample.
/// </summary>
internal sealed class ChromaUpsampling
{
    private readonly SamplePlane plane;
    private readonly int horizontal;
    private readonly int vertical;
    private readonly JpegComponent component;
    private readonly JpegFrameHeader frame;
    private readonly ushort[] row;
    private readonly int[] blended;

    public ChromaUpsampling(JpegFrameHeader frame, JpegComponent component, SamplePlane plane)
    {
        this.frame = frame;
        this.component = component;
        this.plane = plane;
        horizontal = Ratio(frame.MaxHorizontalSampling, component.HorizontalSampling);
        vertical = Ratio(frame.MaxVerticalSampling, component.VerticalSampling);
        row = IsFullSize ? [] : new ushort[2 * plane.Width + frame.Columns];
        blended = new int[IsFullSize ? 0 : plane.Width];
    }

    private bool IsFullSize => horizontal == 1 && vertical == 1;

    // Decoders agree not to interpolate components of one or two columns.
    private bool IsInterpolated => horizontal == 2 && vertical is 1 or 2 && plane.Width > 2;

    /// <summary>The component's samples of that row of the frame; valid until the next call.</summary>
    public ReadOnlySpan<ushort> Row(int y)
    {
        if (IsFullSize)
        {
            return plane.Row(y);
        }

        if (IsInterpolated)
        {
            Interpolate(y);
        }
        else
        {
            Repeat(y);
        }

        return row.AsSpan(0, frame.Columns);
    }

    private void Repeat(int y)
    {
        ReadOnlySpan<ushort> source = plane.Row(y * component.VerticalSampling / frame.MaxVerticalSampling);
        for (int x = 0; x < frame.Columns; x++)
        {
            row[x] = source[x * component.HorizontalSampling / frame.MaxHorizontalSampling];
        }
    }

    private void Interpolate(int y)
    {
        int weight = Blend(y);
        int half = 2 * weight;
        int end = blended.Length - 1;
        row[0] = (ushort)((4 * blended[0] + half) / (4 * weight));
        for (int x = 0; x < end; x++)
        {
            // Rounding down and up in turn keeps the mean.
            row[2 * x + 1] = (ushort)((3 * blended[x] + blended[x + 1] + half - (weight > 1 ? 1 : 0)) / (4 * weight));
            row[2 * x + 2] = (ushort)((3 * blended[x + 1] + blended[x] + half - (weight > 1 ? 0 : 1)) / (4 * weight));
        }

        row[2 * end + 1] = (ushort)((4 * blended[end] + half - (weight > 1 ? 1 : 0)) / (4 * weight));
    }

    // Vertically: the row itself (weight 1), or 3 × nearer + further (weight 4).
    private int Blend(int y)
    {
        if (vertical == 1)
        {
            ReadOnlySpan<ushort> only = plane.Row(y);
            for (int x = 0; x < only.Length; x++)
            {
                blended[x] = only[x];
            }

            return 1;
        }

        ReadOnlySpan<ushort> near = plane.Row(y / 2);
        ReadOnlySpan<ushort> far = plane.Row(Math.Clamp(y % 2 == 0 ? y / 2 - 1 : y / 2 + 1, 0, plane.Height - 1));
        for (int x = 0; x < near.Length; x++)
        {
            blended[x] = 3 * near[x] + far[x];
        }

        return 4;
    }

    // 0 stands for a ratio that is no whole number.
    private static int Ratio(int max, int own) => max % own == 0 ? max / own : 0;
}
