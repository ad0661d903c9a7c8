namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>
/// JPEG-LS (ITU T.87), lossless and near-lossless, 2 to 16 bits, all interleave modes, preset parameters and restart
/// intervals. Mapping tables, subsampling and the colour transforms of an application segment are refused.
/// </summary>
public sealed class JpegLsDecoder : IFrameDecoder
{
    public void Decode(ReadOnlySpan<byte> codestream, in FrameFormat format, Span<byte> frame)
    {
        if (frame.Length != format.FrameLength)
        {
            throw new ArgumentException("The frame must have the length that its format says.", nameof(frame));
        }

        new JpegLsFrameReader(codestream, format, frame).Read();
    }
}
