using Smi.Dicom.Codecs.Jpeg;

namespace Smi.Dicom.Tests.Codecs;

/// <summary>Reads the quantised coefficients of every block of a sequential stream.</summary>
internal static class CoefficientReader
{
    public static Dictionary<(int Component, int Column, int Row), short[]> Read(byte[] codestream)
    {
        var tables = new JpegTables();
        var blocks = new Dictionary<(int, int, int), short[]>();
        JpegFrameHeader? frame = null;
        var segments = new JpegSegmentReader(codestream);
        while (segments.MoveNext())
        {
            JpegSegment segment = segments.Current;
            if (JpegMarker.IsFrame(segment.Marker))
            {
                frame = JpegFrameHeader.Parse(segment.Marker, segment.Payload(codestream));
            }
            else if (segment.Marker == JpegMarker.StartOfScan && frame is not null)
            {
                ReadScan(frame, JpegScanHeader.Parse(segment.Payload(codestream), frame), tables, segment.Entropy(codestream), blocks);
            }
            else
            {
                tables.Apply(segment.Marker, segment.Payload(codestream));
            }
        }

        return blocks;
    }

    private static void ReadScan(
        JpegFrameHeader frame, JpegScanHeader scan, JpegTables tables, ReadOnlySpan<byte> entropy, Dictionary<(int, int, int), short[]> blocks)
    {
        var visitor = new Collecting(scan, tables, blocks);
        BlockScan.Walk(frame, scan, tables.RestartInterval, entropy, ref visitor);
    }

    private readonly struct Collecting(JpegScanHeader scan, JpegTables tables, Dictionary<(int, int, int), short[]> blocks) : IBlockVisitor
    {
        private readonly int[] predictions = new int[4];

        public void BeginInterval(int interval) => Array.Clear(predictions);

        public void Visit(int component, int column, int row, ref EntropyReader reader)
        {
            var block = new short[64];
            predictions[component] += SequentialDecoding.ReadDifference(tables.Dc(scan.Components[component].DcTable), ref reader);
            block[0] = (short)predictions[component];
            HuffmanTable ac = tables.Ac(scan.Components[component].AcTable);
            for (int k = 1; k < 64; k++)
            {
                reader.Fill();
                int symbol = ac.Decode(ref reader);
                if (symbol is 0)
                {
                    break;
                }

                k += symbol >> 4;
                block[k] = (short)reader.ReadSigned(symbol & 15);
            }

            blocks[(scan.Components[component].Index, column, row)] = block;
        }
    }
}
