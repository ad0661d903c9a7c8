using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;
using Smi.Dicom.Frames.Display;

namespace Smi.Deid.Pixels.Examination;

/// <summary>The colours behind the values of a PALETTE COLOR image (PS3.3 C.7.6.3.1.5 and .6).</summary>
internal sealed class Palette
{
    private readonly PaletteTransform colours;

    private Palette(PaletteTransform colours) => this.colours = colours;

    /// <summary>Null for an image without palette colour.</summary>
    /// <exception cref="DicomFormatException">The tables are missing, too short, or segmented in a way that is not understood.</exception>
    public static Palette? For(DicomDataSet dataSet, FrameFormat format) =>
        format.PhotometricInterpretation == "PALETTE COLOR" ? new Palette(PaletteTransform.Read(dataSet, format)) : null;

    /// <summary>What a frame looks like.</summary>
    /// <param name="stored">Its values.</param>
    /// <returns>
    /// Red, green and blue of each pixel, 0 … 65535; whether any colour in use is not grey; and whether values that differ look the same, so that
    /// there may be text in them that no viewer shows.
    /// </returns>
    public (ushort[][] Colours, bool IsColoured, bool HidesValues) Show(StoredSamples stored)
    {
        var known = new Dictionary<long, (ushort Red, ushort Green, ushort Blue)>();
        ushort[] red = new ushort[stored.Count], green = new ushort[stored.Count], blue = new ushort[stored.Count];
        var (last, colour) = (-1L, default((ushort Red, ushort Green, ushort Blue)));
        for (var i = 0; i < red.Length; i++)
        {
            // Neighbours are mostly alike.
            if (stored[i] is var value && (value != last || i == 0))
            {
                last = value;
                if (!known.TryGetValue(value, out colour))
                {
                    known[value] = colour = colours.Colour((int)value);
                }
            }

            (red[i], green[i], blue[i]) = colour;
        }

        return ([red, green, blue], known.Values.Any(shown => shown.Red != shown.Green || shown.Green != shown.Blue), known.Values.Distinct().Count() < known.Count);
    }
}
