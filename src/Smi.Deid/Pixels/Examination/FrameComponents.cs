using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>The components of a decoded frame as the detector takes them: 0 … 65535 for each pixel, brightness in order.</summary>
internal static class FrameComponents
{
    private const int MostBits = 16;

    /// <summary>Bits of what <see cref="Of"/> gives.</summary>
    public static int Bits(in FrameFormat format) => Math.Min(format.BitsStored, MostBits);

    /// <summary>Every component. Samples of more than 16 bits are scaled to the range in use, those of colours so that their differences stay true.</summary>
    public static ushort[][] Of(StoredSamples stored)
    {
        var components = new ushort[stored.Format.SamplesPerPixel][];
        var scales = stored.Format.BitsStored > MostBits ? Scales(stored) : [];
        for (var component = 0; component < components.Length; component++)
        {
            components[component] = GC.AllocateUninitializedArray<ushort>(stored.Count / components.Length);
            if (scales.Length == 0)
            {
                stored.CopyInOrder(component, components[component]);
            }
            else
            {
                Scale(stored, component, scales[component], components[component]);
            }
        }

        return components;
    }

    /// <summary>For each component the value that becomes 0, and how far above it lies that which becomes 65535.</summary>
    private static (long Least, long Span)[] Scales(StoredSamples stored)
    {
        if (stored.Format.SamplesPerPixel > 1 && stored.Format.PhotometricInterpretation != "RGB")
        {
            return ScalesOfDifferences(stored);
        }

        var (least, most) = stored.Range();
        return stored.Format.SamplesPerPixel == 1
            ? [(least, Math.Max(most - least, ushort.MaxValue))]
            : [.. Enumerable.Repeat((least, Math.Max(most - least, 1)), stored.Format.SamplesPerPixel)];
    }

    /// <summary>Of brightness and colour differences: grey stays in the middle of these, and what brightness makes little of stays little.</summary>
    private static (long Least, long Span)[] ScalesOfDifferences(StoredSamples stored)
    {
        var (least, most) = Range(stored, 0);
        var middle = stored.Format.IsSigned ? 0 : 1L << (stored.Format.BitsStored - 1);
        var reach = Math.Max((most - least + 1) / 2, 1);
        for (var component = 1; component < stored.Format.SamplesPerPixel; component++)
        {
            var (low, high) = Range(stored, component);
            reach = Math.Max(reach, Math.Max(middle - low, high - middle));
        }

        return [(least, Math.Max(most - least, 1)), .. Enumerable.Repeat((middle - reach, 2 * reach), stored.Format.SamplesPerPixel - 1)];
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

    private static void Scale(StoredSamples stored, int component, (long Least, long Span) scale, ushort[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (ushort)((stored[(i * stored.Format.SamplesPerPixel) + component] - scale.Least) * ushort.MaxValue / scale.Span);
        }
    }
}
