namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>What a JPEG codestream itself says about its colours.</summary>
public static class JpegColour
{
    private const byte JfifApplication = 0xE0;
    private const byte AdobeApplication = 0xEE;
    private const int TransformOfAdobe = 11;

    /// <summary>
    /// True when it holds brightness and two colour differences by its own word: an Adobe segment that says so, or without one a JFIF segment or
    /// differences of fewer samples than the brightness.
    /// </summary>
    /// <exception cref="DicomFormatException">The codestream is damaged.</exception>
    public static bool IsYcc(ReadOnlySpan<byte> codestream)
    {
        var (isJfif, isSubsampled) = (false, false);
        var segments = new JpegSegmentReader(codestream);
        while (segments.MoveNext())
        {
            var segment = segments.Current;
            var payload = segment.Payload(codestream);
            if (segment.Marker == AdobeApplication && payload.Length > TransformOfAdobe && payload.StartsWith("Adobe"u8))
            {
                return payload[TransformOfAdobe] == 1;
            }

            if (JpegMarker.IsFrame(segment.Marker))
            {
                var frame = JpegFrameHeader.Parse(segment.Marker, payload);
                isSubsampled = frame.Components.Count == 3 && frame.MaxHorizontalSampling * frame.MaxVerticalSampling > 1;
            }

            isJfif |= segment.Marker == JfifApplication && payload.StartsWith("JFIF"u8);
        }

        return isJfif || isSubsampled;
    }
}
