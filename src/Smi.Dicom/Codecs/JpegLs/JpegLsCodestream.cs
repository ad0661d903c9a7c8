namespace Smi.Dicom.Codecs.JpegLs;

/// <summary>What can be done to a JPEG-LS stream without decoding it.</summary>
public static class JpegLsCodestream
{
    /// <summary>
    /// The stream without comments, application segments and whatever follows EOI; the coded data keep every byte. The
    /// result has even length; a stream without any of these is its own.
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
                return IsWhole(stream, position, target.Length) ? stream.ToArray() : Ended(target);
            }

            target.Write([0xFF, marker]);
            CopySegment(stream, marker, ref position, target);
        }
    }

    /// <summary>Nothing was left out before EOI, and behind it stands at the most the byte that makes the length even.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> stream, int end, long copied) =>
        copied == end - 2 && stream.Length % 2 == 0 && stream.Length - end <= 1 && !stream[end..].ContainsAnyExcept((byte)0);

    private static byte[] Ended(MemoryStream target)
    {
        JpegLsSegments.WriteEnd(target);
        return target.ToArray();
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
