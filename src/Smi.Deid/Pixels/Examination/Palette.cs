using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames.Display;

namespace Smi.Deid.Pixels.Examination;

/// <summary>The colours behind the values of a PALETTE COLOR image (PS3.3 C.7.6.3.1.5 and .6), as far as their brightness goes.</summary>
internal sealed class Palette
{
    private readonly PaletteTransform colours;

    private Palette(PaletteTransform colours) => this.colours = colours;

    /// <summary>Null for an image without palette colour.</summary>
    /// <exception cref="DicomFormatException">The tables are missing, too short, or segmented in a way that is not understood.</exception>
    public static Palette? For(DicomDataSet dataSet, FrameFormat format) =>
        format.PhotometricInterpretation == "PALETTE COLOR" ? new Palette(PaletteTransform.Read(dataSet, format)) : null;

    /// <summary>0 … 65535 for each pixel.</summary>
    public ushort[] Brightness(FrameSamples samples)
    {
        var known = new Dictionary<int, ushort>();
        var result = new ushort[samples.Pixels];
        var (last, brightness) = (-1, (ushort)0);
        for (var i = 0; i < result.Length; i++)
        {
            // Neighbours are mostly alike.
            if (samples.Value(i, 0) is var value && (value != last || i == 0))
            {
                last = value;
                if (!known.TryGetValue(value, out brightness))
                {
                    known[value] = brightness = (ushort)colours.Brightness(value);
                }
            }

            result[i] = brightness;
        }

        return result;
    }
}
