using Smi.Deid.Pixels.Detection;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;
using Smi.Dicom.Frames.Display;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// Gray frames whose whole range hides what a viewer shows: padding or metal far away from all other values makes these nearly equal, and a window may be
/// so narrow that a few grey levels fill the screen. They are looked at once more without what is empty, and through the window. Safe from many
/// threads.
/// </summary>
internal sealed class FurtherLooks
{
    private const int MostBits = 16;

    /// <summary>Of 256 values none is so far away that the rest becomes too faint.</summary>
    private const int ByteBits = 8;

    /// <summary>
    /// Of the range that the detector sees; below, black on white can be too faint for it. Wider windows are not looked through: those for brains make
    /// hard-edged shapes of bones, and streaks of metal, that look like text.
    /// </summary>
    private const double NarrowestShare = 1.0 / 100;

    /// <summary>An empty part of this share of the range is a gap; that share of what is left takes its place.</summary>
    private const int GapShare = 16;

    /// <summary>How much more contrast another look must give.</summary>
    private const int LeastGain = 4;

    /// <summary>With fewer values left there is nothing but what the first look shows as well.</summary>
    private const int LeastValues = 8;

    private readonly FrameFormat format;
    private readonly GrayWindow?[] windows;

    private FurtherLooks(FrameFormat format, GrayWindow?[] windows)
    {
        this.format = format;
        this.windows = windows;
    }

    public static FurtherLooks For(DicomDataSet dataSet, FrameReader reader)
    {
        var isGray = reader.Format is { SamplesPerPixel: 1, PhotometricInterpretation: "MONOCHROME1" or "MONOCHROME2" };
        return new FurtherLooks(reader.Format, isGray ? Windows(dataSet, reader) : []);
    }

    /// <summary>None, for most frames.</summary>
    /// <param name="frame">Zero based.</param>
    /// <param name="samples">As the reader leaves them.</param>
    /// <param name="first">What the detector sees of them first.</param>
    public IEnumerable<GrayImage> At(int frame, byte[] samples, GrayImage first)
    {
        if (windows.Length == 0 || (windows[frame] is null && format.BitsStored <= ByteBits))
        {
            yield break;
        }

        var counts = ToneCurve.Histogram(first.Samples);
        var (least, low, high, most) = ToneCurve.Range(counts, first.Samples.LongLength);
        var span = ToneCurve.Span(least, low, high, most);
        if (format.BitsStored > ByteBits && WithoutGaps(counts, least, most) is { } placed && ToneCurve.Span(0, placed[low], placed[high], placed[most]) * LeastGain <= span)
        {
            yield return GrayImage.FromSamples(first.Width, first.Height, Array.ConvertAll(first.Samples, value => placed[value]));
        }

        if (most - least >= LeastValues && windows[frame] is { } window && IsNarrow(window, low, (long)span))
        {
            yield return GrayImage.FromBytes(first.Width, first.Height, window.Render(samples));
        }
    }

    /// <summary>Samples of more than 16 bits were scaled to these for the first look, which may have made them equal.</summary>
    private bool IsNarrow(GrayWindow window, int low, long span)
    {
        var least = low - (format.IsSigned ? 1L << (format.BitsStored - 1) : 0);
        return format.BitsStored > MostBits || window.ShareShown(least, least + span) < NarrowestShare;
    }

    /// <summary>A look-up table that cannot be read shows nothing to anybody.</summary>
    private static GrayWindow?[] Windows(DicomDataSet dataSet, FrameReader reader)
    {
        try
        {
            var renderer = FrameRenderer.For(dataSet, reader.Format);
            return [.. Enumerable.Range(0, reader.FrameCount).Select(renderer.FindWindow)];
        }
        catch (DicomFormatException)
        {
            return new GrayWindow?[reader.FrameCount];
        }
    }

    /// <summary>A new value for each up to the largest, where gaps are narrow; null when there is none, or little besides.</summary>
    private static ushort[]? WithoutGaps(int[] counts, int least, int most)
    {
        var gap = Math.Max(2, (most - least) / GapShare);
        var empty = Gaps(counts, least, most, gap).Sum();
        var left = most - least - empty;
        if (empty == 0 || left < LeastValues)
        {
            return null;
        }

        var placed = new ushort[most + 1];
        var (last, shift) = (least, least);
        for (var value = least; value <= most; value++)
        {
            if (counts[value] > 0)
            {
                shift += value - last > gap ? value - last - 1 - (left / GapShare) : 0;
                last = value;
            }

            placed[value] = (ushort)Math.Max(0, value - shift);
        }

        return placed;
    }

    private static IEnumerable<int> Gaps(int[] counts, int least, int most, int gap)
    {
        var last = least;
        for (var value = least; value <= most; value++)
        {
            if (counts[value] > 0)
            {
                if (value - last > gap)
                {
                    yield return value - last - 1;
                }

                last = value;
            }
        }
    }
}
