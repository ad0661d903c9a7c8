namespace Smi.Dicom.Codecs;

/// <summary>Turns one compressed frame into samples.</summary>
public interface IFrameDecoder
{
    /// <summary>
    /// Fills <paramref name="frame"/> (exactly <see cref="FrameFormat.FrameLength"/> bytes, samples interleaved, little endian).
    /// JPEG colour stays as coded (YBR is not turned into RGB, subsampled chroma is brought to full size); component
    /// transforms of JPEG 2000 are undone. Signed samples are two's complement, sign extended to BitsAllocated.
    /// </summary>
    /// <exception cref="DicomFormatException">The stream is damaged, or does not match <paramref name="format"/>.</exception>
    void Decode(ReadOnlySpan<byte> codestream, in FrameFormat format, Span<byte> frame);
}
