namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>Decodes one scan of process 14 (T.81 annex H): differences of a line first, then the line from its predictions.</summary>
internal readonly ref struct LosslessDecoding
{
    private readonly JpegScanHeader scan;
    private readonly int precision;
    private readonly HuffmanTable[] tables;
    private readonly SamplePlane[] planes;

    public LosslessDecoding(JpegFrameHeader frame, JpegScanHeader scan, JpegTables tables, IReadOnlyList<SamplePlane> planes)
    {
        this.scan = scan;
        precision = frame.Precision;
        this.tables = [.. scan.Components.Select(c => tables.Dc(c.DcTable))];
        this.planes = [.. scan.Components.Select(c => planes[c.Index])];
        if (frame.MaxHorizontalSampling > 1 || frame.MaxVerticalSampling > 1)
        {
            throw new DicomFormatException("lossless JPEG with subsampled components is not supported");
        }
    }

    public void Decode(int restartInterval, ReadOnlySpan<byte> entropy)
    {
        int rows = planes[0].Height;
        int linesPerInterval = LinesPerInterval(restartInterval, planes[0].Width, rows);
        using var intervals = new RestartIntervals(entropy);
        EntropyReader reader = default;
        for (int y = 0; y < rows; y++)
        {
            bool isFirstLine = y % linesPerInterval == 0;
            if (isFirstLine)
            {
                reader = intervals.Next();
            }

            ReadDifferences(y, ref reader);
            reader.RequireWithinData();
            RestoreLines(y, isFirstLine);
        }

        if (scan.ApproximationLow > 0)
        {
            UndoPointTransform();
        }
    }

    // T.81 H.1.1: the restart interval is a whole number of lines.
    private static int LinesPerInterval(int restartInterval, int columns, int rows)
    {
        if (restartInterval % columns != 0)
        {
            throw new DicomFormatException("the restart interval of a lossless JPEG scan is no whole number of lines");
        }

        return restartInterval == 0 ? rows : restartInterval / columns;
    }

    private void ReadDifferences(int y, ref EntropyReader reader)
    {
        if (planes.Length == 1)
        {
            ReadDifferences(planes[0].Row(y), tables[0], ref reader);
        }
        else
        {
            ReadInterleavedDifferences(y, ref reader);
        }
    }

    private static void ReadDifferences(Span<ushort> line, HuffmanTable table, ref EntropyReader reader)
    {
        // A copy in locals lets the window of bits stay in registers.
        EntropyReader local = reader;
        for (int x = 0; x < line.Length; x++)
        {
            line[x] = (ushort)ReadDifference(table, ref local);
        }

        reader = local;
    }

    private void ReadInterleavedDifferences(int y, ref EntropyReader reader)
    {
        for (int x = 0; x < planes[0].Width; x++)
        {
            for (int i = 0; i < planes.Length; i++)
            {
                planes[i].Row(y)[x] = (ushort)ReadDifference(tables[i], ref reader);
            }
        }
    }

    private static int ReadDifference(HuffmanTable table, ref EntropyReader reader)
    {
        reader.Fill();
        int category = table.Decode(ref reader);
        // T.81 H.1.2.2: category 16 is 32768 and has no further bits.
        if (category < 16)
        {
            return reader.ReadSigned(category);
        }

        return category == 16 ? 32768 : throw new DicomFormatException("a lossless JPEG difference has more than 16 bits");
    }

    private void RestoreLines(int y, bool isFirstLine)
    {
        foreach (SamplePlane plane in planes)
        {
            if (isFirstLine)
            {
                LosslessPrediction.RestoreFirstLine(plane.Row(y), 1 << (precision - scan.ApproximationLow - 1));
            }
            else
            {
                LosslessPrediction.RestoreLine(plane.Row(y), plane.Row(y - 1), scan.SpectralStart);
            }
        }
    }

    private void UndoPointTransform()
    {
        foreach (SamplePlane plane in planes)
        {
            for (int y = 0; y < plane.Height; y++)
            {
                foreach (ref ushort sample in plane.Row(y))
                {
                    sample <<= scan.ApproximationLow;
                }
            }
        }
    }
}
