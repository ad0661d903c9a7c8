using Smi.Dicom.Frames;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// Blanks regions of baseline and extended sequential JPEG (transfer syntaxes …4.50 and …4.51) without decoding the frame: the blocks
/// covered become flat, all others keep their quantised coefficients. Only blocks that are covered in part, on the edge of an exact box or by being chroma of
/// several blocks of brightness, are quantised again.
/// </summary>
public static class JpegRedactor
{
    /// <summary>True for sequential DCT with Huffman coding; progressive and lossless frames must be decoded instead.</summary>
    /// <exception cref="DicomFormatException">The codestream is damaged.</exception>
    public static bool CanRedact(ReadOnlySpan<byte> codestream) =>
        FindFrame(codestream).Marker is JpegMarker.BaselineFrame or JpegMarker.ExtendedFrame;

    /// <summary>The codestream with these boxes blanked; its own bytes when no box lies on the frame.</summary>
    /// <param name="codestream">One frame.</param>
    /// <param name="boxes">Grown to whole blocks of 8×8 pixels.</param>
    /// <param name="exactBoxes">Blanked to the pixel: the blocks on their edges are quantised again, the others inside become flat.</param>
    /// <param name="blankLevels">For each component the sample value to blank with: 0 for black in grayscale, 0, 128, 128 in YBR.</param>
    /// <exception cref="DicomFormatException">The codestream is damaged, or not one that <see cref="CanRedact"/>.</exception>
    public static byte[] Redact(
        ReadOnlySpan<byte> codestream, IReadOnlyList<PixelBox> boxes, IReadOnlyList<PixelBox> exactBoxes, IReadOnlyList<int> blankLevels)
    {
        JpegSegment found = FindFrame(codestream);
        var frame = JpegFrameHeader.Parse(found.Marker, found.Payload(codestream));
        if (frame.Process != JpegProcess.Sequential)
        {
            throw new DicomFormatException("only sequential JPEG can be redacted without decoding it");
        }

        if (blankLevels.Count != frame.Components.Count)
        {
            throw new DicomFormatException("the JPEG frame has not one component for each blank level");
        }

        frame.RequirePlausible(codestream.Length);
        var coverage = new BlockCoverage(frame, [.. boxes.Select(box => GrownToBlocks(box, frame.Columns, frame.Rows)), .. exactBoxes]);
        return coverage.IsEmpty ? codestream.ToArray() : Redact(codestream, new RedactionTarget(frame, coverage, blankLevels));
    }

    /// <summary>The blocks of 8×8 pixels that a box touches, as far as they lie on the frame.</summary>
    public static PixelBox GrownToBlocks(PixelBox box, int columns, int rows)
    {
        var onFrame = box.ClippedTo(columns, rows);
        return onFrame.IsEmpty ? onFrame
            : new PixelBox(onFrame.Left / 8 * 8, onFrame.Top / 8 * 8, (onFrame.Right + 7) / 8 * 8, (onFrame.Bottom + 7) / 8 * 8).ClippedTo(columns, rows);
    }

    private static byte[] Redact(ReadOnlySpan<byte> codestream, RedactionTarget target)
    {
        var source = new JpegTables();
        var coded = new bool[target.Frame.Components.Count];
        var writer = new EntropyWriter(codestream.Length + 64);
        writer.WriteMarker(JpegMarker.StartOfImage);
        var segments = new JpegSegmentReader(codestream);
        while (segments.MoveNext())
        {
            JpegSegment segment = segments.Current;
            if (segment.Marker == JpegMarker.StartOfScan)
            {
                RedactScan(codestream, segment, source, coded, target, writer);
                continue;
            }

            source.Apply(segment.Marker, segment.Payload(codestream));
            target.Tables.Apply(segment.Marker, segment.Payload(codestream));
            writer.WriteBytes(segment.Bytes(codestream));
        }

        if (coded.Contains(false))
        {
            throw new DicomFormatException("the JPEG stream ends before each component has a scan");
        }

        writer.WriteMarker(JpegMarker.EndOfImage);
        return writer.ToEvenArray();
    }

    private static void RedactScan(
        ReadOnlySpan<byte> codestream, JpegSegment segment, JpegTables source, bool[] coded, RedactionTarget target, EntropyWriter writer)
    {
        var scan = JpegScanHeader.Parse(segment.Payload(codestream), target.Frame);
        foreach (ScanComponent component in scan.Components)
        {
            if (coded[component.Index])
            {
                throw new DicomFormatException("a JPEG component has two scans");
            }

            coded[component.Index] = true;
        }

        var statistics = new SymbolStatistics();
        var counting = new BlockRedaction(scan, target, source, statistics, null);
        BlockScan.Walk(target.Frame, scan, source.RestartInterval, segment.Entropy(codestream), ref counting);
        CompleteTables(scan, statistics, target.Tables, writer);
        writer.WriteSegment(JpegMarker.StartOfScan, segment.Payload(codestream));
        var writing = new BlockRedaction(scan, target, source, statistics, writer);
        BlockScan.Walk(target.Frame, scan, source.RestartInterval, segment.Entropy(codestream), ref writing);
        writer.AlignToByte();
    }

    private static void CompleteTables(JpegScanHeader scan, SymbolStatistics statistics, JpegTables tables, EntropyWriter writer)
    {
        foreach (int slot in scan.Components.Select(c => c.DcTable).Distinct())
        {
            HuffmanTable table = SymbolStatistics.Complete(tables.Dc(slot), statistics.Dc(slot));
            if (table == tables.Dc(slot))
            {
                continue;
            }

            tables.SetDc(slot, table);
            writer.WriteSegment(JpegMarker.HuffmanTables, [(byte)slot, .. table.Counts, .. table.Symbols]);
        }

        foreach (int slot in scan.Components.Select(c => c.AcTable).Distinct())
        {
            HuffmanTable table = SymbolStatistics.Complete(tables.Ac(slot), statistics.Ac(slot));
            if (table == tables.Ac(slot))
            {
                continue;
            }

            tables.SetAc(slot, table);
            writer.WriteSegment(JpegMarker.HuffmanTables, [(byte)(0x10 | slot), .. table.Counts, .. table.Symbols]);
        }
    }

    private static JpegSegment FindFrame(ReadOnlySpan<byte> codestream)
    {
        var segments = new JpegSegmentReader(codestream);
        JpegSegment? found = null;
        while (segments.MoveNext())
        {
            if (!JpegMarker.IsFrame(segments.Current.Marker))
            {
                continue;
            }

            if (found is not null)
            {
                throw new DicomFormatException("the JPEG stream holds two frames", segments.Current.Offset);
            }

            found = segments.Current;
        }

        return found ?? throw new DicomFormatException("the JPEG stream holds no frame");
    }
}
