namespace Smi.Dicom.Frames.Display;

/// <summary>What a window or LUT shows of one gray frame. Safe from many threads.</summary>
public sealed class GrayWindow
{
    private const int Probes = 4096;

    private readonly GrayScale scale;

    internal GrayWindow(GrayScale scale) => this.scale = scale;

    /// <summary>Share of the stored values of a range that are shown neither black nor white.</summary>
    public double ShareShown(long least, long most)
    {
        var shown = 0;
        for (var i = 0; i < Probes; i++)
        {
            shown += scale.Shown(least + (i * (most - least) / (Probes - 1))) is > byte.MinValue and < byte.MaxValue ? 1 : 0;
        }

        return shown / (double)Probes;
    }

    /// <summary>A byte for each pixel.</summary>
    /// <param name="frame">Its samples, as <see cref="FrameReader"/> leaves them.</param>
    public byte[] Render(ReadOnlySpan<byte> frame)
    {
        var picture = new byte[scale.PixelsOf(frame)];
        scale.Render(frame, picture);
        return picture;
    }
}
