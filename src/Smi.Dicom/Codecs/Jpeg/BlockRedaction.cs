using System.Numerics;

namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>
/// Re-codes the blocks of a sequential scan: those that are covered become flat, those that are covered in part are blanked in part, the others
/// keep every quantised coefficient; only DC differences change where the block before did. Without a writer the symbols needed are counted instead.
/// </summary>
internal readonly struct BlockRedaction : IBlockVisitor
{
    private const int EndOfBlock = 0;
    private const int RunOfSixteen = 0xF0;

    private readonly JpegScanHeader scan;
    private readonly JpegComponent[] components;
    private readonly JpegTables source;
    private readonly JpegTables target;
    private readonly BlockCoverage coverage;
    private readonly EdgeRedaction[] edges;
    private readonly int[] blankDc;
    private readonly SymbolStatistics statistics;
    private readonly EntropyWriter? writer;
    private readonly int[] sourcePredictions;
    private readonly int[] targetPredictions;

    public BlockRedaction(
        JpegScanHeader scan, RedactionTarget target, JpegTables source, SymbolStatistics statistics, EntropyWriter? writer)
    {
        this.scan = scan;
        components = [.. scan.Components.Select(c => target.Frame.Components[c.Index])];
        this.source = source;
        this.target = target.Tables;
        coverage = target.Coverage;
        edges = [.. scan.Components.Select(c => target.Edge(c.Index, source))];
        blankDc = [.. scan.Components.Select(c => target.BlankDc(c.Index, source))];
        this.statistics = statistics;
        this.writer = writer;
        sourcePredictions = new int[scan.Components.Count];
        targetPredictions = new int[scan.Components.Count];
    }

    public void BeginInterval(int interval)
    {
        Array.Clear(sourcePredictions);
        Array.Clear(targetPredictions);
        if (interval == 0 || writer is null)
        {
            return;
        }

        writer.AlignToByte();
        writer.WriteMarker((byte)(JpegMarker.FirstRestart + ((interval - 1) & 7)));
    }

    public void Visit(int component, int column, int row, ref EntropyReader reader)
    {
        sourcePredictions[component] += SequentialDecoding.ReadDifference(source.Dc(scan.Components[component].DcTable), ref reader);
        ulong covered = coverage.Of(components[component], column, row);
        if (covered is 0 or BlockCoverage.All)
        {
            bool isRedacted = covered != 0;
            WriteDc(component, isRedacted ? blankDc[component] : sourcePredictions[component]);
            CopyAc(component, isRedacted, ref reader);
            return;
        }

        Span<int> coefficients = stackalloc int[64];
        coefficients.Clear();
        coefficients[0] = sourcePredictions[component];
        ReadAc(source.Ac(scan.Components[component].AcTable), coefficients, ref reader);
        edges[component].Apply(coefficients, covered);
        WriteDc(component, coefficients[0]);
        WriteAc(scan.Components[component].AcTable, coefficients);
    }

    private static void ReadAc(HuffmanTable table, scoped Span<int> coefficients, ref EntropyReader reader)
    {
        for (int k = 1; k < 64; k++)
        {
            reader.Fill();
            int symbol = table.Decode(ref reader);
            int bits = symbol & 15;
            k += symbol >> 4;
            if (bits == 0 && symbol >> 4 < 15)
            {
                break;
            }

            if (k > 63)
            {
                throw new DicomFormatException("a run of zeros leaves its JPEG block");
            }

            coefficients[Zigzag.ToNatural[k]] = bits == 0 ? 0 : reader.ReadSigned(bits);
        }
    }

    private void WriteAc(int slot, scoped ReadOnlySpan<int> coefficients)
    {
        int zeros = 0;
        for (int k = 1; k < 64; k++)
        {
            int value = coefficients[Zigzag.ToNatural[k]];
            if (value == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15; zeros -= 16)
            {
                WriteAc(slot, RunOfSixteen, 0, 0);
            }

            int bits = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
            uint ones = (1u << bits) - 1;
            WriteAc(slot, zeros << 4 | bits, (uint)(value < 0 ? value - 1 : value) & ones, bits);
            zeros = 0;
        }

        if (zeros > 0)
        {
            WriteAc(slot, EndOfBlock, 0, 0);
        }
    }

    private void WriteDc(int component, int value)
    {
        int difference = value - targetPredictions[component];
        targetPredictions[component] = value;
        int category = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs((long)difference));
        if (category > 15)
        {
            throw new DicomFormatException("a JPEG DC coefficient is larger than allowed");
        }

        int table = scan.Components[component].DcTable;
        statistics.Dc(table)[category]++;
        writer?.WriteSigned(target.Dc(table).Codes[category], difference, category);
    }

    private void CopyAc(int component, bool isRedacted, ref EntropyReader reader)
    {
        int slot = scan.Components[component].AcTable;
        HuffmanTable table = source.Ac(slot);
        for (int k = 1; k < 64; k++)
        {
            reader.Fill();
            int symbol = table.Decode(ref reader);
            int bits = symbol & 15;
            uint value = bits == 0 ? 0 : (uint)reader.Read(bits);
            if (!isRedacted)
            {
                WriteAc(slot, symbol, value, bits);
            }

            if (bits == 0 && symbol >> 4 < 15)
            {
                break;
            }

            k += symbol >> 4;
            if (k > 63)
            {
                throw new DicomFormatException("a run of zeros leaves its JPEG block");
            }
        }

        if (isRedacted)
        {
            WriteAc(slot, EndOfBlock, 0, 0);
        }
    }

    private void WriteAc(int slot, int symbol, uint value, int bits)
    {
        statistics.Ac(slot)[symbol]++;
        if (writer is null)
        {
            return;
        }

        HuffmanCode code = target.Ac(slot).Codes[symbol];
        writer.WriteBits((uint)code.Bits << bits | value, code.Length + bits);
    }
}
