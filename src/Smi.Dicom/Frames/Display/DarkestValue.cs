namespace Smi.Dicom.Frames.Display;

/// <summary>The stored value, or one for each component, that is shown as black in a frame, or as near to it as the image goes. Safe from many threads.</summary>
public sealed class DarkestValue
{
    private readonly GrayScale? gray;

    internal DarkestValue(long[] always) => Always = always;

    internal DarkestValue(GrayScale gray) => this.gray = gray;

    /// <summary>Null when it depends on the samples.</summary>
    public long[]? Always { get; }

    /// <param name="frame">Its samples, as <see cref="FrameReader"/> leaves them.</param>
    public long[] Of(ReadOnlySpan<byte> frame) => Always ?? (gray is null ? [] : [gray.Darkest(frame)]);
}
