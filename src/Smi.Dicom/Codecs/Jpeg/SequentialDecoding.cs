namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>Decodes the blocks of a sequential scan (T.81 F.2) straight into samples.</summary>
internal readonly struct SequentialDecoding : IBlockVisitor
{
    private readonly int[] predictions;
    private readonly HuffmanTable[] dc;
    private readonly HuffmanTable[] ac;
    private readonly InverseDct[] transforms;
    private readonly SamplePlane[] planes;
    private readonly short[] coefficients = new short[64];

    public SequentialDecoding(JpegFrameHeader frame, JpegScanHeader scan, JpegTables tables, IReadOnlyList<SamplePlane> planes)
    {
        predictions = new int[scan.Components.Count];
        dc = [.. scan.Components.Select(c => tables.Dc(c.DcTable))];
        ac = [.. scan.Components.Select(c => tables.Ac(c.AcTable))];
        this.planes = [.. scan.Components.Select(c => planes[c.Index])];
        transforms = [.. scan.Components.Select(c =>
            new InverseDct(tables.Quantisation(frame.Components[c.Index].QuantisationTable), frame.Precision))];
    }

    public void BeginInterval(int interval) => Array.Clear(predictions);

    public void Visit(int component, int column, int row, ref EntropyReader reader)
    {
        Array.Clear(coefficients);
        predictions[component] += ReadDifference(dc[component], ref reader);
        coefficients[0] = (short)predictions[component];
        int last = ReadAc(ac[component], coefficients, ref reader);
        SamplePlane plane = planes[component];
        transforms[component].Transform(coefficients, last, plane.Block(column, row), plane.Stride);
    }

    public static int ReadDifference(HuffmanTable table, ref EntropyReader reader)
    {
        reader.Fill();
        int category = table.Decode(ref reader);
        if (category > 15)
        {
            throw new DicomFormatException("a JPEG DC difference has more bits than allowed");
        }

        return reader.ReadSigned(category);
    }

    private static int ReadAc(HuffmanTable table, Span<short> coefficients, ref EntropyReader reader)
    {
        int last = 0;
        for (int k = 1; k < 64; k++)
        {
            reader.Fill();
            int symbol = table.Decode(ref reader);
            int bits = symbol & 15;
            int run = symbol >> 4;
            if (bits == 0 && run < 15)
            {
                break;
            }

            k += run;
            if (k > 63)
            {
                throw new DicomFormatException("a run of zeros leaves its JPEG block");
            }

            if (bits == 0)
            {
                continue;
            }

            coefficients[Zigzag.ToNatural[k]] = (short)reader.ReadSigned(bits);
            last = k;
        }

        return last;
    }
}
