using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames.Display;

namespace Smi.Deid.Pixels.Examination;

/// <summary>The sample values that a viewer shows as black: whatever window, look-up table, palette, polarity or colour space an image has.</summary>
internal sealed class BlankColour(DicomDataSet dataSet, FrameFormat format)
{
    private readonly FrameRenderer renderer = FrameRenderer.For(dataSet, format);

    /// <summary>One value for each component, as stored.</summary>
    /// <param name="samples">A decoded frame.</param>
    /// <param name="frame">Zero based; windows may differ from frame to frame.</param>
    public int[] Of(ReadOnlySpan<byte> samples, int frame) => renderer.Darkest(samples, frame);
}
