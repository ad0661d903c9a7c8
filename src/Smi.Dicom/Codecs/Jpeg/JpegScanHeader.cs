namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// A scan header (T.81 B.2.3), checked. SpectralStart is the predictor of a lossless scan, ApproximationLow its point transform.
/// </summary>
internal sealed class JpegScanHeader
{
    private JpegScanHeader(ScanComponent[] components, ReadOnlySpan<byte> parameters)
    {
        Components = components;
        SpectralStart = parameters[0];
        SpectralEnd = parameters[1];
        ApproximationHigh = parameters[2] >> 4;
        ApproximationLow = parameters[2] & 15;
    }

    public IReadOnlyList<ScanComponent> Components { get; }

    public int SpectralStart { get; }

    public int SpectralEnd { get; }

    public int ApproximationHigh { get; }

    public int ApproximationLow { get; }

    public static JpegScanHeader Parse(ReadOnlySpan<byte> payload, JpegFrameHeader frame)
    {
        if (payload.IsEmpty || payload.Length != 4 + 2 * payload[0] || payload[0] is 0 or > 4)
        {
            throw new DicomFormatException("a JPEG scan header has a wrong length");
        }

        var components = new ScanComponent[payload[0]];
        for (int i = 0; i < components.Length; i++)
        {
            byte tables = payload[2 + 2 * i];
            if (tables >> 4 > 3 || (tables & 15) > 3)
            {
                throw new DicomFormatException("a JPEG scan names a Huffman table above 3");
            }

            components[i] = new ScanComponent(frame.IndexOfComponent(payload[1 + 2 * i]), tables >> 4, tables & 15);
        }

        if (components.DistinctBy(c => c.Index).Count() != components.Length)
        {
            throw new DicomFormatException("a JPEG scan names a component twice");
        }

        var scan = new JpegScanHeader(components, payload[^3..]);
        scan.Check(frame.Process, frame.Precision);
        return scan;
    }

    private void Check(JpegProcess process, int precision)
    {
        bool isRight = process switch
        {
            // The band and approximation of a sequential scan have one value only; encoders that write another mean the same.
            JpegProcess.Sequential => true,
            JpegProcess.Lossless => SpectralStart is >= 1 and <= 7 && ApproximationLow < precision,
            _ => IsProgressiveBand() && ApproximationLow <= 13 && ApproximationHigh is 0 or <= 13,
        };
        if (!isRight)
        {
            throw new DicomFormatException("the parameters of a JPEG scan are not those of its process");
        }
    }

    // T.81 G.1.1.1: DC alone and of any number of components, or AC of one component.
    private bool IsProgressiveBand() =>
        SpectralStart == 0 ? SpectralEnd == 0 : SpectralEnd >= SpectralStart && SpectralEnd <= 63 && Components.Count == 1;
}
