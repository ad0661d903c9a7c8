using System.Runtime.InteropServices;

namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The reversible and irreversible component transforms (ITU T.800 annex G).</summary>
internal static class ComponentTransform
{
    /// <summary>Of the first three components, which must be alike.</summary>
    /// <exception cref="DicomFormatException">They are not.</exception>
    public static void Undo(TileSamples[] samples)
    {
        if (samples.Length < 3 || samples.Take(3).Any(other =>
            other.Component.Area != samples[0].Component.Area || other.Component.Style.IsReversible != samples[0].Component.Style.IsReversible))
        {
            throw new DicomFormatException("JPEG 2000: a component transform of components that differ");
        }

        Undo(samples[0], samples[1], samples[2]);
    }

    private static void Undo(TileSamples first, TileSamples second, TileSamples third)
    {
        if (first.Component.Style.IsReversible)
        {
            UndoReversible(first.Values, second.Values, third.Values);
        }
        else
        {
            UndoIrreversible(
                MemoryMarshal.Cast<int, float>(first.Values),
                MemoryMarshal.Cast<int, float>(second.Values),
                MemoryMarshal.Cast<int, float>(third.Values));
        }
    }

    /// <summary>G.2.1.</summary>
    public static void ApplyReversible(Span<int> red, Span<int> green, Span<int> blue)
    {
        for (var index = 0; index < red.Length; index++)
        {
            var (r, g, b) = (red[index], green[index], blue[index]);
            red[index] = (r + (2 * g) + b) >> 2;
            green[index] = b - g;
            blue[index] = r - g;
        }
    }

    private static void UndoReversible(Span<int> first, Span<int> second, Span<int> third)
    {
        for (var index = 0; index < first.Length; index++)
        {
            var (y, u, v) = (first[index], second[index], third[index]);
            var green = y - ((u + v) >> 2);
            first[index] = v + green;
            second[index] = green;
            third[index] = u + green;
        }
    }

    private static void UndoIrreversible(Span<float> first, Span<float> second, Span<float> third)
    {
        for (var index = 0; index < first.Length; index++)
        {
            var (y, cb, cr) = (first[index], second[index], third[index]);
            first[index] = y + (1.402f * cr);
            second[index] = y - (0.344136f * cb) - (0.714136f * cr);
            third[index] = y + (1.772f * cb);
        }
    }
}
