namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>What can be done to a JPEG-LS stream without decoding it.</summary>
public static class JpegLsCodestream
{
    /// <summary>
    /// The stream without comments, application segments and whatever follows EOI; the coded data keep every byte. The
    /// result has even length.
    /// </summary>
    /// <exception cref="DicomFormatException">The segments cannot be followed to EOI.</exception>
    public static byte[] WithoutComments(ReadOnlySpan<byte> stream)
    {
        var target = new MemoryStream(stream.Length);
        var position = 0;
        while (true)
        {
            var marker = JpegLsSegments.ReadMarker(stream, ref position);
            if (marker is JpegLsSegments.Comment or (>= JpegLsSegments.FirstApplication and <= JpegLsSegments.LastApplication))
            {
                JpegLsSegments.ReadSegment(stream, ref position);
                continue;
            }

            if (marker == JpegLsSegments.EndOfImage)
            {
                JpegLsSegments.WriteEnd(target);
                return target.ToArray();
            }

            target.Write([0xFF, marker]);
            CopySegment(stream, marker, ref position, target);
        }
    }

    private static void CopySegment(ReadOnlySpan<byte> stream, byte marker, ref int position, MemoryStream target)
    {
        var start = position;
        if (marker is not (JpegLsSegments.StartOfImage or (>= JpegLsSegments.FirstRestart and <= JpegLsSegments.FirstRestart + 7)))
        {
            JpegLsSegments.ReadSegment(stream, ref position);
        }

        if (marker is JpegLsSegments.StartOfScan or (>= JpegLsSegments.FirstRestart and <= JpegLsSegments.FirstRestart + 7))
        {
            position += new JpegLsBitReader(stream[position..]).FindMarker();
        }

        target.Write(stream[start..position]);
    }
}
