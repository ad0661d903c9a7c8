using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames.Display;

/// <summary>
/// Turns decoded frames into pictures of 8 bits a channel, as a viewer shows them at first: rescale and the first window or LUT, inversion,
/// palettes, YBR to RGB. Colour profiles, presentation states and overlays are left out.
/// </summary>
public sealed class FrameRenderer
{
    private readonly FrameFormat format;
    private readonly GrayTransform? gray;
    private readonly PaletteTransform? palette;

    private FrameRenderer(FrameFormat format, GrayTransform? gray, PaletteTransform? palette)
    {
        this.format = format;
        this.gray = gray;
        this.palette = palette;
    }

    /// <summary>1 for gray pictures, 3 for RGB.</summary>
    public int Channels => gray is null ? 3 : 1;

    /// <param name="dataSet">The image.</param>
    /// <param name="format">Of its decoded frames: <see cref="FrameReader.Format"/>.</param>
    /// <exception cref="DicomFormatException">Its photometric interpretation or a look-up table is not understood.</exception>
    public static FrameRenderer For(DicomDataSet dataSet, in FrameFormat format) => format.PhotometricInterpretation switch
    {
        "MONOCHROME1" or "MONOCHROME2" => new FrameRenderer(format, new GrayTransform(dataSet, format), null),
        "PALETTE COLOR" => new FrameRenderer(format, null, PaletteTransform.Read(dataSet, format)),
        "RGB" or "YBR_FULL" or "YBR_PARTIAL_422" or "YBR_PARTIAL_420" when format.SamplesPerPixel == 3 && format.BitsAllocated is 8 or 16 or 32 =>
            new FrameRenderer(format, null, null),
        _ => throw new DicomFormatException("images of this photometric interpretation cannot be shown", tag: DicomTags.PhotometricInterpretation),
    };

    /// <summary>Rows × Columns × <see cref="Channels"/> bytes.</summary>
    /// <param name="frame">Its samples, as <see cref="FrameReader"/> leaves them.</param>
    /// <param name="index">Zero based; windows may differ from frame to frame.</param>
    public byte[] Render(ReadOnlySpan<byte> frame, int index)
    {
        var picture = new byte[format.Rows * format.Columns * Channels];
        if (gray is not null)
        {
            gray.Of(index).Render(frame, picture);
        }
        else if (palette is not null)
        {
            palette.Render(frame, picture);
        }
        else
        {
            ColourTransform.Render(frame, format, picture);
        }

        return picture;
    }

    /// <summary>How a gray frame is shown; null where the data set names neither window nor LUT, or the image is coloured.</summary>
    /// <param name="index">Zero based.</param>
    public GrayWindow? FindWindow(int index) => gray?.Of(index) is { Interest: not null } scale ? new GrayWindow(scale) : null;

    /// <summary>What is shown as black in a frame.</summary>
    /// <param name="index">Zero based.</param>
    public DarkestValue Darkest(int index)
    {
        if (gray is not null)
        {
            return new DarkestValue(format, gray.Of(index));
        }

        var middle = 1L << (format.BitsStored - 1);
        return new DarkestValue(format, palette is not null ? [palette.Darkest]
            : format.PhotometricInterpretation switch
            {
                "RGB" => [0, 0, 0],
                "YBR_FULL" => [0, middle, middle],
                // PS3.3 C.7.6.3.1.2: black is 16 in the partial range.
                _ => [middle / 8, middle, middle],
            });
    }
}
