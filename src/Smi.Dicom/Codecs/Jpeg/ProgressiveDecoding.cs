namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>Adds what one progressive scan says to the coefficients (T.81 G.1.2): a first look at a band, or one more bit of it.</summary>
internal struct ProgressiveDecoding : IBlockVisitor
{
    private readonly JpegScanHeader scan;
    private readonly int[] predictions;
    private readonly HuffmanTable[] tables;
    private readonly CoefficientPlane[] planes;
    private int endOfBandRun;

    public ProgressiveDecoding(JpegScanHeader scan, JpegTables tables, IReadOnlyList<CoefficientPlane> planes)
    {
        this.scan = scan;
        predictions = new int[scan.Components.Count];
        this.planes = [.. scan.Components.Select(c => planes[c.Index])];
        this.tables = (scan.SpectralStart, scan.ApproximationHigh) switch
        {
            (0, 0) => [.. scan.Components.Select(c => tables.Dc(c.DcTable))],
            // Refining DC takes single bits and no table.
            (0, _) => [],
            _ => [tables.Ac(scan.Components[0].AcTable)],
        };
    }

    public void BeginInterval(int interval)
    {
        Array.Clear(predictions);
        endOfBandRun = 0;
    }

    public void Visit(int component, int column, int row, ref EntropyReader reader)
    {
        Span<short> block = planes[component].Block(column, row);
        reader.Fill();
        if (scan.SpectralStart == 0 && scan.ApproximationHigh == 0)
        {
            ReadFirstDc(component, block, ref reader);
        }
        else if (scan.SpectralStart == 0)
        {
            block[0] |= (short)(reader.Read(1) << scan.ApproximationLow);
        }
        else if (scan.ApproximationHigh == 0)
        {
            ReadFirstAc(block, ref reader);
        }
        else
        {
            RefineAc(block, ref reader);
        }
    }

    private readonly void ReadFirstDc(int component, Span<short> block, ref EntropyReader reader)
    {
        predictions[component] += SequentialDecoding.ReadDifference(tables[component], ref reader);
        block[0] = (short)(predictions[component] << scan.ApproximationLow);
    }

    private void ReadFirstAc(Span<short> block, ref EntropyReader reader)
    {
        if (endOfBandRun > 0)
        {
            endOfBandRun--;
            return;
        }

        for (int k = scan.SpectralStart; k <= scan.SpectralEnd; k++)
        {
            reader.Fill();
            int symbol = tables[0].Decode(ref reader);
            int run = symbol >> 4;
            int bits = symbol & 15;
            if (bits == 0 && run < 15)
            {
                endOfBandRun = ReadEndOfBandRun(run, ref reader) - 1;
                return;
            }

            k += run;
            RequireInBand(k);
            if (bits > 0)
            {
                block[Zigzag.ToNatural[k]] = (short)(reader.ReadSigned(bits) << scan.ApproximationLow);
            }
        }
    }

    // T.81 G.1.2.3: one correction bit for each coefficient known to be non-zero, passed on the way to the new one.
    private void RefineAc(Span<short> block, ref EntropyReader reader)
    {
        int k = scan.SpectralStart;
        while (endOfBandRun == 0 && k <= scan.SpectralEnd)
        {
            reader.Fill();
            int symbol = tables[0].Decode(ref reader);
            int run = symbol >> 4;
            int bits = symbol & 15;
            if (bits == 0 && run < 15)
            {
                endOfBandRun = ReadEndOfBandRun(run, ref reader);
                break;
            }

            if (bits > 1)
            {
                throw new DicomFormatException("a JPEG refinement scan adds more than one bit");
            }

            int added = bits == 0 ? 0 : reader.Read(1) == 1 ? 1 << scan.ApproximationLow : -(1 << scan.ApproximationLow);
            k = PassZeros(block, k, run, ref reader);
            if (added != 0)
            {
                RequireInBand(k);
                block[Zigzag.ToNatural[k]] = (short)added;
            }

            k++;
        }

        if (endOfBandRun == 0)
        {
            return;
        }

        PassZeros(block, k, 64, ref reader);
        endOfBandRun--;
    }

    // Index of the zero coefficient after 'run' others, or one behind the band; refines the non-zero ones in between.
    private readonly int PassZeros(Span<short> block, int k, int run, ref EntropyReader reader)
    {
        for (; k <= scan.SpectralEnd; k++)
        {
            ref short coefficient = ref block[Zigzag.ToNatural[k]];
            if (coefficient != 0)
            {
                Refine(ref coefficient, ref reader);
            }
            else if (run-- == 0)
            {
                break;
            }
        }

        return k;
    }

    private readonly void Refine(ref short coefficient, ref EntropyReader reader)
    {
        reader.Fill();
        int bit = 1 << scan.ApproximationLow;
        if (reader.Read(1) == 1 && (Math.Abs((int)coefficient) & bit) == 0)
        {
            coefficient += (short)(coefficient > 0 ? bit : -bit);
        }
    }

    private static int ReadEndOfBandRun(int bits, ref EntropyReader reader) => bits == 0 ? 1 : (1 << bits) + reader.Read(bits);

    private readonly void RequireInBand(int k)
    {
        if (k > scan.SpectralEnd)
        {
            throw new DicomFormatException("a run of zeros leaves its JPEG band");
        }
    }
}
