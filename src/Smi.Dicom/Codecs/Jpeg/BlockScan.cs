namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>The order of the blocks of a DCT scan (T.81 A.2): raster order of one component, or MCUs of several.</summary>
internal static class BlockScan
{
    public static void Walk<TVisitor>(
        JpegFrameHeader frame, JpegScanHeader scan, int restartInterval, ReadOnlySpan<byte> entropy, ref TVisitor visitor)
        where TVisitor : struct, IBlockVisitor
    {
        bool isInterleaved = scan.Components.Count > 1;
        JpegComponent first = frame.Components[scan.Components[0].Index];
        int columns = isInterleaved ? frame.McuColumns : first.BlockColumns;
        int rows = isInterleaved ? frame.McuRows : first.BlockRows;
        int perInterval = restartInterval == 0 ? columns * rows : restartInterval;
        using var intervals = new RestartIntervals(entropy);
        EntropyReader reader = default;
        for (int mcu = 0; mcu < columns * rows; mcu++)
        {
            if (mcu % perInterval == 0)
            {
                reader.RequireWithinData();
                reader = intervals.Next();
                visitor.BeginInterval(mcu / perInterval);
            }

            (int row, int column) = Math.DivRem(mcu, columns);
            if (isInterleaved)
            {
                VisitMcu(frame, scan, column, row, ref reader, ref visitor);
            }
            else
            {
                visitor.Visit(0, column, row, ref reader);
            }
        }

        reader.RequireWithinData();
    }

    private static void VisitMcu<TVisitor>(
        JpegFrameHeader frame, JpegScanHeader scan, int mcuColumn, int mcuRow, ref EntropyReader reader, ref TVisitor visitor)
        where TVisitor : struct, IBlockVisitor
    {
        for (int i = 0; i < scan.Components.Count; i++)
        {
            JpegComponent component = frame.Components[scan.Components[i].Index];
            for (int v = 0; v < component.VerticalSampling; v++)
            {
                for (int h = 0; h < component.HorizontalSampling; h++)
                {
                    int column = mcuColumn * component.HorizontalSampling + h;
                    visitor.Visit(i, column, mcuRow * component.VerticalSampling + v, ref reader);
                }
            }
        }
    }
}
