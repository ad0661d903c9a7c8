namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>An image under decoding: the planes that its scans fill one after the other.</summary>
internal sealed class JpegImage : IDisposable
{
    private readonly JpegFrameHeader header;
    private readonly SamplePlane[] planes;
    private readonly CoefficientPlane[] coefficients;

    // By component: a sequential or lossless scan, or the first DC scan of a progressive image, was seen.
    private readonly bool[] isDecoded;

    // Progressive: a table may be redefined after its component began; the one in force at its first scan counts (T.81 B.2.4.1).
    private readonly ushort[]?[] quantisation;

    public JpegImage(JpegFrameHeader header)
    {
        this.header = header;
        isDecoded = new bool[header.Components.Count];
        quantisation = new ushort[header.Components.Count][];
        planes = [.. header.Components.Select(PlaneOf)];
        coefficients = header.Process == JpegProcess.Progressive ? [.. header.Components.Select(c => new CoefficientPlane(c))] : [];
    }

    public void AddScan(ReadOnlySpan<byte> scanHeader, ReadOnlySpan<byte> entropy, JpegTables tables)
    {
        var scan = JpegScanHeader.Parse(scanHeader, header);
        MarkDecoded(scan, tables);
        switch (header.Process)
        {
            case JpegProcess.Sequential:
                var sequential = new SequentialDecoding(header, scan, tables, planes);
                BlockScan.Walk(header, scan, tables.RestartInterval, entropy, ref sequential);
                break;
            case JpegProcess.Progressive:
                var progressive = new ProgressiveDecoding(scan, tables, coefficients);
                BlockScan.Walk(header, scan, tables.RestartInterval, entropy, ref progressive);
                break;
            default:
                new LosslessDecoding(header, scan, tables, planes).Decode(tables.RestartInterval, entropy);
                break;
        }
    }

    public void WriteTo(in FrameFormat format, Span<byte> frame)
    {
        // Pooled memory holds earlier frames: a component without a scan must never be shown.
        if (isDecoded.Contains(false))
        {
            throw new DicomFormatException("the JPEG stream ends before each component has a scan");
        }

        for (int i = 0; i < coefficients.Length; i++)
        {
            Transform(i);
        }

        FrameAssembly.Write(header, planes, format, frame);
    }

    public void Dispose()
    {
        foreach (SamplePlane plane in planes)
        {
            plane.Dispose();
        }

        foreach (CoefficientPlane plane in coefficients)
        {
            plane.Dispose();
        }
    }

    private SamplePlane PlaneOf(JpegComponent component) => header.Process == JpegProcess.Lossless
        ? new SamplePlane(component.Width, component.Height, component.Width, component.Height)
        : new SamplePlane(component.Width, component.Height, 8 * component.PaddedBlockColumns, 8 * component.PaddedBlockRows);

    private void MarkDecoded(JpegScanHeader scan, JpegTables tables)
    {
        foreach (ScanComponent component in scan.Components)
        {
            bool isFirst = header.Process != JpegProcess.Progressive || (scan.SpectralStart == 0 && scan.ApproximationHigh == 0);
            if (isFirst == isDecoded[component.Index])
            {
                throw new DicomFormatException("the scans of a JPEG component are repeated or out of order");
            }

            isDecoded[component.Index] = true;
            if (header.Process == JpegProcess.Progressive)
            {
                quantisation[component.Index] ??= tables.Quantisation(header.Components[component.Index].QuantisationTable);
            }
        }
    }

    private void Transform(int index)
    {
        JpegComponent component = header.Components[index];
        var transform = new InverseDct(quantisation[index], header.Precision);
        for (int row = 0; row < component.BlockRows; row++)
        {
            for (int column = 0; column < component.BlockColumns; column++)
            {
                ReadOnlySpan<short> block = coefficients[index].Block(column, row);
                int last = block[1..].ContainsAnyExcept((short)0) ? 63 : 0;
                transform.Transform(block, last, planes[index].Block(column, row), planes[index].Stride);
            }
        }
    }
}
