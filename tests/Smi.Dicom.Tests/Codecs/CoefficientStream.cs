using System.Numerics;
using Smi.Dicom.Codecs.Jpeg;

namespace Smi.Dicom.Tests.Codecs;

/// <summary>
/// Writes a baseline JPEG stream from quantised coefficients, so that tests choose sampling factors, restart intervals and tables.
/// </summary>
internal sealed class CoefficientStream
{
    public required int Columns { get; init; }

    public required int Rows { get; init; }

    /// <summary>Horizontal and vertical sampling factors by component.</summary>
    public required (int H, int V)[] Sampling { get; init; }

    public int RestartInterval { get; init; }

    public bool IsInterleaved { get; init; } = true;

    public byte Divisor { get; init; } = 4;

    /// <summary>The 64 coefficients in zigzag order of a block of a component.</summary>
    public required Func<int, int, int, short[]> Block { get; init; }

    public byte[] Write()
    {
        var writer = new EntropyWriter(1024);
        writer.WriteMarker(JpegMarker.StartOfImage);
        writer.WriteSegment(JpegMarker.QuantisationTables, [0, .. Enumerable.Repeat(Divisor, 64)]);
        writer.WriteSegment(JpegMarker.BaselineFrame, FrameHeader());
        if (RestartInterval > 0)
        {
            writer.WriteSegment(JpegMarker.RestartInterval, [(byte)(RestartInterval >> 8), (byte)RestartInterval]);
        }

        int[][] scans = IsInterleaved ? [[.. Enumerable.Range(0, Sampling.Length)]] : [.. Enumerable.Range(0, Sampling.Length).Select(i => new[] { i })];
        foreach (int[] scan in scans)
        {
            WriteScan(scan, writer);
        }

        writer.WriteMarker(JpegMarker.EndOfImage);
        return writer.ToEvenArray();
    }

    private byte[] FrameHeader()
    {
        var header = new List<byte> { 8, (byte)(Rows >> 8), (byte)Rows, (byte)(Columns >> 8), (byte)Columns, (byte)Sampling.Length };
        for (int i = 0; i < Sampling.Length; i++)
        {
            header.AddRange([(byte)(i + 1), (byte)(Sampling[i].H << 4 | Sampling[i].V), 0]);
        }

        return [.. header];
    }

    // Twice: symbols are counted, then written with tables that hold exactly these.
    private void WriteScan(int[] scan, EntropyWriter writer)
    {
        var dcCounts = new int[256];
        var acCounts = new int[256];
        WriteBlocks(scan, (isDc, symbol, _, _) => (isDc ? dcCounts : acCounts)[symbol]++, _ => { });
        HuffmanTable dc = HuffmanTableBuilder.Build(dcCounts);
        HuffmanTable ac = HuffmanTableBuilder.Build(acCounts);
        writer.WriteSegment(JpegMarker.HuffmanTables, [0, .. dc.Counts, .. dc.Symbols]);
        writer.WriteSegment(JpegMarker.HuffmanTables, [0x10, .. ac.Counts, .. ac.Symbols]);
        byte[] names = [.. scan.SelectMany(i => new byte[] { (byte)(i + 1), 0 })];
        writer.WriteSegment(JpegMarker.StartOfScan, [(byte)scan.Length, .. names, 0, 63, 0]);
        WriteBlocks(
            scan,
            (isDc, symbol, value, bits) => writer.WriteSigned((isDc ? dc : ac).Codes[symbol], value, bits),
            interval =>
            {
                writer.AlignToByte();
                writer.WriteMarker((byte)(JpegMarker.FirstRestart + (interval - 1) % 8));
            });
        writer.AlignToByte();
    }

    private void WriteBlocks(int[] scan, Action<bool, int, int, int> put, Action<int> restart)
    {
        var predictions = new int[Sampling.Length];
        int mcu = 0;
        foreach ((int component, int column, int row, bool beginsMcu) in Order(scan))
        {
            if (beginsMcu && RestartInterval > 0 && mcu > 0 && mcu % RestartInterval == 0)
            {
                restart(mcu / RestartInterval);
                Array.Clear(predictions);
            }

            mcu += beginsMcu ? 1 : 0;
            short[] block = Block(component, column, row);
            int difference = block[0] - predictions[component];
            predictions[component] = block[0];
            put(true, Bits(difference), difference, Bits(difference));
            PutAc(block, put);
        }
    }

    private static void PutAc(short[] block, Action<bool, int, int, int> put)
    {
        int run = 0;
        for (int k = 1; k < 64; k++)
        {
            if (block[k] == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
            {
                put(false, 0xF0, 0, 0);
            }

            put(false, run << 4 | Bits(block[k]), block[k], Bits(block[k]));
            run = 0;
        }

        if (run > 0)
        {
            put(false, 0, 0, 0);
        }
    }

    private IEnumerable<(int Component, int Column, int Row, bool BeginsMcu)> Order(int[] scan)
    {
        int maxH = Sampling.Max(s => s.H);
        int maxV = Sampling.Max(s => s.V);
        if (scan.Length == 1)
        {
            (int h, int v) = Sampling.Length == 1 ? (maxH, maxV) : Sampling[scan[0]];
            int columns = Ceiling(Ceiling(Columns * h, maxH), 8);
            int rows = Ceiling(Ceiling(Rows * v, maxV), 8);
            for (int i = 0; i < columns * rows; i++)
            {
                yield return (scan[0], i % columns, i / columns, true);
            }

            yield break;
        }

        int mcuColumns = Ceiling(Columns, 8 * maxH);
        for (int mcu = 0; mcu < mcuColumns * Ceiling(Rows, 8 * maxV); mcu++)
        {
            bool begins = true;
            foreach (int component in scan)
            {
                (int h, int v) = Sampling[component];
                for (int i = 0; i < h * v; i++, begins = false)
                {
                    yield return (component, mcu % mcuColumns * h + i % h, mcu / mcuColumns * v + i / h, begins);
                }
            }
        }
    }

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;

    private static int Bits(int value) => 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
}
