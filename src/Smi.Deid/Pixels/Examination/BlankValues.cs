using Smi.Dicom;
using Smi.Dicom.Frames;
using Smi.Dicom.Frames.Display;

namespace Smi.Deid.Pixels.Examination;

/// <summary>What each frame is blanked with, told while its samples are at hand, so that it need not be decoded again for that. Safe from many threads.</summary>
internal sealed class BlankValues
{
    private readonly FrameReader reader;
    private readonly DarkestValue[] darkest;

    private BlankValues(FrameReader reader, DarkestValue[] darkest)
    {
        this.reader = reader;
        this.darkest = darkest;
    }

    /// <summary>Tells nothing of an image that cannot be shown: that is a matter only when something is blanked.</summary>
    public static BlankValues For(DicomDataSet dataSet, FrameReader reader)
    {
        try
        {
            var renderer = FrameRenderer.For(dataSet, reader.Format);
            return new BlankValues(reader, [.. Enumerable.Range(0, reader.FrameCount).Select(renderer.Darkest)]);
        }
        catch (DicomFormatException)
        {
            return new BlankValues(reader, []);
        }
    }

    /// <summary>One for each component; null where it cannot be told.</summary>
    /// <param name="frame">Zero based.</param>
    /// <param name="samples">As the reader leaves them; what stands in their unused bits is cleared.</param>
    public IReadOnlyList<long>? Of(int frame, Span<byte> samples)
    {
        UnusedBits.Clear(samples, reader.Format);
        return darkest.Length == 0 ? null : darkest[frame].Of(samples);
    }
}
