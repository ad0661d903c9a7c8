namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// Decodes baseline, extended sequential, progressive and lossless JPEG (ITU-T T.81) with Huffman coding, 2 to 16 bits, one to
/// four components.
/// </summary>
public sealed class JpegDecoder : IFrameDecoder
{
    // A cine frame has one to twelve scans; a stream with thousands is made to keep a reader busy.
    private const int MaximumScans = 200;

    public void Decode(ReadOnlySpan<byte> codestream, in FrameFormat format, Span<byte> frame)
    {
        if (frame.Length != format.FrameLength)
        {
            throw new ArgumentException("The frame has not the length that its format says.", nameof(frame));
        }

        using JpegImage image = Read(codestream, format);
        image.WriteTo(format, frame);
    }

    private static JpegImage Read(ReadOnlySpan<byte> codestream, in FrameFormat format)
    {
        var tables = new JpegTables();
        JpegImage? image = null;
        int scans = 0;
        try
        {
            var segments = new JpegSegmentReader(codestream);
            while (segments.MoveNext())
            {
                JpegSegment segment = segments.Current;
                if (JpegMarker.IsFrame(segment.Marker))
                {
                    image = Begin(image, segment, codestream, format);
                }
                else if (segment.Marker != JpegMarker.StartOfScan)
                {
                    tables.Apply(segment.Marker, segment.Payload(codestream));
                }
                else if (image is null || ++scans > MaximumScans)
                {
                    throw new DicomFormatException("a JPEG scan comes before its frame, or there are too many");
                }
                else
                {
                    image.AddScan(segment.Payload(codestream), segment.Entropy(codestream), tables);
                }
            }

            return image ?? throw new DicomFormatException("the JPEG stream holds no frame");
        }
        catch
        {
            image?.Dispose();
            throw;
        }
    }

    private static JpegImage Begin(JpegImage? image, JpegSegment segment, ReadOnlySpan<byte> codestream, in FrameFormat format)
    {
        if (image is not null)
        {
            throw new DicomFormatException("the JPEG stream holds two frames", segment.Offset);
        }

        var header = JpegFrameHeader.Parse(segment.Marker, segment.Payload(codestream));
        header.Require(format);
        header.RequirePlausible(codestream.Length);
        return new JpegImage(header);
    }
}
