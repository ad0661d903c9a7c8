namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// Takes out of a JPEG or JPEG-LS codestream what is not needed to decode it: comments, application segments (thumbnails, EXIF,
/// vendors' headers), unknown segments and whatever follows the end of the image. Entropy-coded data is copied as it is.
/// </summary>
public static class JpegMetadata
{
    private const byte ArithmeticConditioning = 0xCC;
    private const byte JfifApplication = 0xE0;
    private const byte ColourTransformOfJpegLs = 0xE8;
    private const byte AdobeApplication = 0xEE;

    /// <exception cref="DicomFormatException">The codestream is damaged.</exception>
    public static byte[] Remove(ReadOnlySpan<byte> codestream)
    {
        bool isJfifNeeded = IsJfifNeeded(codestream);
        var writer = new EntropyWriter(codestream.Length);
        writer.WriteMarker(JpegMarker.StartOfImage);
        var segments = new JpegSegmentReader(codestream);
        while (segments.MoveNext())
        {
            JpegSegment segment = segments.Current;
            if (IsNeededToDecode(segment.Marker))
            {
                writer.WriteBytes(segment.Bytes(codestream));
            }
            else
            {
                WriteColourSegment(segment.Marker, segment.Payload(codestream), isJfifNeeded, writer);
            }
        }

        writer.WriteMarker(JpegMarker.EndOfImage);
        return writer.ToEvenArray();
    }

    private static bool IsNeededToDecode(byte marker) =>
        JpegMarker.IsFrame(marker) || marker is JpegMarker.HuffmanTables or JpegMarker.QuantisationTables or JpegMarker.StartOfScan
            or JpegMarker.RestartInterval or JpegMarker.NumberOfLines or JpegMarker.ParametersOfJpegLs or ArithmeticConditioning;

    private static void WriteColourSegment(byte marker, ReadOnlySpan<byte> payload, bool isJfifNeeded, EntropyWriter writer)
    {
        // Only the bytes that have a meaning for colour: the rest of such a segment may hold anything.
        if (marker == AdobeApplication && payload.Length >= 12 && payload.StartsWith("Adobe"u8))
        {
            writer.WriteSegment(marker, payload[..12]);
        }
        else if (marker == ColourTransformOfJpegLs && payload.Length >= 5 && payload.StartsWith("mrfx"u8))
        {
            writer.WriteSegment(marker, payload[..5]);
        }
        else if (marker == JfifApplication && isJfifNeeded && payload.Length >= 14 && payload.StartsWith("JFIF\0"u8))
        {
            writer.WriteSegment(marker, [.. payload[..12], 0, 0]);
        }
    }

    // Decoders take three components for YCbCr when JFIF says so, or when they are numbered 1, 2, 3.
    private static bool IsJfifNeeded(ReadOnlySpan<byte> codestream)
    {
        var segments = new JpegSegmentReader(codestream);
        while (segments.MoveNext())
        {
            if (!JpegMarker.IsFrame(segments.Current.Marker))
            {
                continue;
            }

            ReadOnlySpan<byte> payload = segments.Current.Payload(codestream);
            return payload.Length >= 15 && payload[5] == 3 && (payload[6], payload[9], payload[12]) != (1, 2, 3);
        }

        throw new DicomFormatException("the JPEG stream holds no frame");
    }
}
