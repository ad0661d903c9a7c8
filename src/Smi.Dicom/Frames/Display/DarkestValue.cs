namespace Smi.Dicom.Frames.Display;

/// <summary>The stored value, or one for each component, that is shown as black in a frame, or as near to it as the image goes. Safe from many threads.</summary>
public sealed class DarkestValue
{
    private readonly GrayScale? gray;

    internal DarkestValue(int[] always) => Always = always;

    internal DarkestValue(GrayScale gray) => this.gray = gray;

    /// <summary>Null when it depends on the samples.</summary>
    public int[]? Always { get; }

    /// <param name="frame">Its samples, as <see cref="FrameReader"/> leaves them.</param>
    public int[] Of(ReadOnlySpan<byte> frame) => Always ?? (gray is null ? [] : [(int)gray.Darkest(frame)]);
}
