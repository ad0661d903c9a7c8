using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>The components of a decoded frame as the detector takes them: 0 … 65535 for each pixel, brightness in order.</summary>
internal static class FrameComponents
{
    private const int MostBits = 16;

    /// <summary>Bits of what <see cref="Of"/> gives.</summary>
    public static int Bits(in FrameFormat format) => Math.Min(format.BitsStored, MostBits);

    /// <summary>
    /// Every component. Samples of more than 16 bits are scaled to the range in use, of red, green and blue to the one that they share, so that
    /// their differences stay true.
    /// </summary>
    public static ushort[][] Of(StoredSamples stored)
    {
        var components = new ushort[stored.Format.SamplesPerPixel][];
        var isShared = stored.Format.PhotometricInterpretation == "RGB" || components.Length == 1;
        var (least, most) = stored.Format.BitsStored > MostBits && isShared ? stored.Range() : default;
        for (var component = 0; component < components.Length; component++)
        {
            var values = components[component] = GC.AllocateUninitializedArray<ushort>(stored.Count / components.Length);
            if (stored.Format.BitsStored <= MostBits)
            {
                stored.CopyInOrder(component, values);
            }
            else
            {
                (least, most) = isShared ? (least, most) : Range(stored, component);
                Scale(stored, component, least, most - least, values);
            }
        }

        return components;
    }

    private static (long Least, long Most) Range(StoredSamples stored, int component)
    {
        var (least, most) = (long.MaxValue, long.MinValue);
        for (var i = component; i < stored.Count; i += stored.Format.SamplesPerPixel)
        {
            (least, most) = (Math.Min(least, stored[i]), Math.Max(most, stored[i]));
        }

        return (least, most);
    }

    private static void Scale(StoredSamples stored, int component, long least, long span, ushort[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = stored[(i * stored.Format.SamplesPerPixel) + component] - least;
            values[i] = (ushort)(span <= ushort.MaxValue ? value : value * ushort.MaxValue / span);
        }
    }
}
