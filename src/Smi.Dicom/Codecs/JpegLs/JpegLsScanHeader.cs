namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>An SOS segment: which components (by their place in the frame header) and how they are coded.</summary>
internal sealed record JpegLsScanHeader(int[] Components, int Near, JpegLsInterleave Interleave)
{
    public static JpegLsScanHeader Read(ReadOnlySpan<byte> segment, JpegLsFrameHeader frame)
    {
        var count = segment.IsEmpty ? 0 : segment[0];
        if (count == 0 || segment.Length != 4 + (2 * count))
        {
            throw new DicomFormatException("JPEG-LS: the scan header has a wrong length");
        }

        var components = new int[count];
        for (var index = 0; index < count; index++)
        {
            components[index] = Array.IndexOf(frame.Components, segment[1 + (2 * index)]);
            if (components[index] < 0 || Array.IndexOf(components, components[index]) < index || segment[2 + (2 * index)] != 0)
            {
                throw new DicomFormatException("JPEG-LS: a scan names a wrong component or a mapping table");
            }
        }

        var interleave = segment[2 + (2 * count)];
        if (interleave > 2 || (interleave == 0) != (count == 1) || (segment[3 + (2 * count)] & 0x0F) != 0)
        {
            throw new DicomFormatException("JPEG-LS: interleave mode or point transform not supported");
        }

        return new JpegLsScanHeader(components, segment[1 + (2 * count)], (JpegLsInterleave)interleave);
    }
}
