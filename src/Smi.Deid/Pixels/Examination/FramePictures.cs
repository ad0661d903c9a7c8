using Smi.Deid.Pixels.Detection;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// What of a decoded frame is looked at for text: its brightness, and where it is coloured its colour differences too, for coloured text
/// can be as bright as what is beneath.
/// </summary>
internal static class FramePictures
{
    /// <summary>Colour differences below this share of the range, of more than 8 bits of that in use, are compression noise, not colour.</summary>
    private const double LeastColour = 0.08;

    /// <summary>Of a part of a colour behind a palette.</summary>
    private const int PaletteBits = 16;

    /// <summary>Refuses colours of which it is not known how they are seen, CMYK for instance, whose text may stand in black ink alone.</summary>
    /// <exception cref="DicomFormatException">They are.</exception>
    public static void RequireKnown(in FrameFormat format)
    {
        if (format.SamplesPerPixel > 1
            && (format.SamplesPerPixel != 3 || format.PhotometricInterpretation is not ("RGB" or "YBR_FULL" or "YBR_PARTIAL_422" or "YBR_PARTIAL_420")))
        {
            throw new DicomFormatException("images of this photometric interpretation cannot be examined", tag: DicomTags.PhotometricInterpretation);
        }
    }

    /// <summary>Text in all of them, in pixels of the frame.</summary>
    public static IEnumerable<PixelBox> Find(TextDetector detector, ReadOnlyMemory<byte> frame, FrameFormat format, Palette? palette) =>
        Find(detector, Of(frame, format, palette));

    public static IEnumerable<PixelBox> Find(TextDetector detector, IReadOnlyList<(GrayImage Picture, PixelBox Place)> pictures) =>
        pictures.SelectMany(part => detector.Find(part.Picture).Select(box => box.Moved(part.Place.Left, part.Place.Top)))
            .Concat(DistantLook.Find(detector, pictures[0].Picture));

    /// <summary>Pictures to examine, brightness first, and where each lies on the frame.</summary>
    /// <param name="frame">As a decoder leaves it: samples interleaved, little endian.</param>
    public static IReadOnlyList<(GrayImage Picture, PixelBox Place)> Of(ReadOnlyMemory<byte> frame, FrameFormat format, Palette? palette)
    {
        var stored = new StoredSamples(frame.Span, format);
        if (palette is not null)
        {
            return OfPalette(stored, palette);
        }

        var components = FrameComponents.Of(stored);
        if (components.Length < 3)
        {
            return [Whole(components[0], format)];
        }

        var isRgb = !format.PhotometricInterpretation.StartsWith("YBR", StringComparison.Ordinal);
        var bits = FrameComponents.Bits(format);
        var range = bits > 8 ? components.Max(values => values.Max()) - components.Min(values => values.Min()) : 1 << bits;
        return [.. Coloured(isRgb ? Opponents(components, bits) : (components[0], components[1], components[2]), format, bits, range)];
    }

    private static List<(GrayImage Picture, PixelBox Place)> OfPalette(StoredSamples stored, Palette palette)
    {
        var (colours, isColoured, hidesValues) = palette.Show(stored);
        List<(GrayImage Picture, PixelBox Place)> pictures = isColoured ? Coloured(Opponents(colours, PaletteBits), stored.Format, PaletteBits, 1 << PaletteBits) : [Whole(colours[0], stored.Format)];
        if (hidesValues)
        {
            pictures.Add(Whole(FrameComponents.Of(stored)[0], stored.Format));
        }

        return pictures;
    }

    private static (GrayImage Picture, PixelBox Place) Whole(ushort[] samples, in FrameFormat format) =>
        (GrayImage.FromSamples(format.Columns, format.Rows, samples), new PixelBox(0, 0, format.Columns, format.Rows));

    private static List<(GrayImage Picture, PixelBox Place)> Coloured(
        (ushort[] Brightness, ushort[] First, ushort[] Second) colours, in FrameFormat format, int bits, int range)
    {
        List<(GrayImage, PixelBox)> pictures = [Whole(colours.Brightness, format)];
        foreach (var difference in (ushort[][])[colours.First, colours.Second])
        {
            var coloured = Coloured(difference, format, 1 << (bits - 1), range);
            if (!coloured.IsEmpty)
            {
                pictures.Add((GrayImage.FromSamples(format.Columns, format.Rows, difference).Cropped(coloured), coloured));
            }
        }

        return pictures;
    }

    /// <summary>Brightness, red against green and blue against green; the differences are shifted so that grey lies in the middle.</summary>
    private static (ushort[] Brightness, ushort[] First, ushort[] Second) Opponents(ushort[][] rgb, int bits)
    {
        var (brightness, first, second) = (new ushort[rgb[0].Length], new ushort[rgb[0].Length], new ushort[rgb[0].Length]);
        var middle = 1 << (bits - 1);
        for (var i = 0; i < brightness.Length; i++)
        {
            int red = rgb[0][i], green = rgb[1][i], blue = rgb[2][i];
            brightness[i] = (ushort)(((2 * red) + (5 * green) + blue + 4) >> 3);
            first[i] = (ushort)(middle + ((red - green) / 2));
            second[i] = (ushort)(middle + ((blue - green) / 2));
        }

        return (brightness, first, second);
    }

    /// <summary>The smallest box around every pixel that is clearly coloured, with room around it for the detector to see its surroundings.</summary>
    private static PixelBox Coloured(ushort[] difference, in FrameFormat format, int middle, int range)
    {
        const int room = 48;
        var least = Math.Max(1, LeastColour * range);
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        for (var i = 0; i < difference.Length; i++)
        {
            if (Math.Abs(difference[i] - middle) >= least)
            {
                int x = i % format.Columns, y = i / format.Columns;
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            }
        }

        return right == 0 ? default : new PixelBox(left - room, top - room, right + room, bottom + room).ClippedTo(format.Columns, format.Rows);
    }
}
