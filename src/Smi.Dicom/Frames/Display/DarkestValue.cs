using Smi.Dicom.Codecs;

namespace Smi.Dicom.Frames.Display;

/// <summary>The sample, or one for each component, that is shown as black in a frame, or as near to it as the image goes. Safe from many threads.</summary>
public sealed class DarkestValue
{
    // Between a stored value and the sample that holds it.
    private readonly int shift;
    private readonly GrayScale? gray;

    /// <param name="format">Of the samples.</param>
    /// <param name="stored">What is darkest whatever the samples are, a stored value for each component.</param>
    internal DarkestValue(in FrameFormat format, long[] stored)
    {
        shift = format.LowBit;
        Always = Samples(stored);
    }

    internal DarkestValue(in FrameFormat format, GrayScale gray)
    {
        shift = format.LowBit;
        this.gray = gray;
    }

    /// <summary>Null when it depends on the samples.</summary>
    public long[]? Always { get; }

    /// <param name="frame">Its samples, as <see cref="FrameReader"/> leaves them.</param>
    public long[] Of(ReadOnlySpan<byte> frame) => Always ?? (gray is null ? [] : Samples(gray.Darkest(frame)));

    private long[] Samples(params ReadOnlySpan<long> stored)
    {
        var samples = stored.ToArray();
        foreach (ref var sample in samples.AsSpan())
        {
            sample <<= shift;
        }

        return samples;
    }
}
