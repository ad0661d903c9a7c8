namespace Smi.Dicom.Codecs;

/// <summary>Compresses one frame without loss; decoding its result gives the same samples.</summary>
public interface IFrameEncoder
{
    /// <summary><paramref name="frame"/> is laid out as <see cref="IFrameDecoder.Decode"/> leaves it. The result has even length.</summary>
    byte[] Encode(ReadOnlySpan<byte> frame, in FrameFormat format);
}
