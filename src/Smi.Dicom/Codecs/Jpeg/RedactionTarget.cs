namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>What a redacted stream is to become: the samples to blank, the levels to blank them with, the tables it is coded with.</summary>
internal sealed class RedactionTarget(JpegFrameHeader frame, BlockCoverage coverage, IReadOnlyList<int> blankLevels)
{
    public JpegFrameHeader Frame => frame;

    public BlockCoverage Coverage => coverage;

    /// <summary>The source's tables, with codes added where redaction needs more.</summary>
    public JpegTables Tables { get; } = new();

    public EdgeRedaction Edge(int component, JpegTables source) => new(
        source.Quantisation(frame.Components[component].QuantisationTable), frame.Precision, Math.Clamp(blankLevels[component], 0, (1 << frame.Precision) - 1));

    /// <summary>The quantised DC coefficient of a flat block. Black and white round outwards, for the decoder clamps them.</summary>
    public int BlankDc(int component, JpegTables source)
    {
        int divisor = source.Quantisation(frame.Components[component].QuantisationTable)[0];
        if (divisor == 0)
        {
            throw new DicomFormatException("a JPEG quantisation table holds zero");
        }

        int level = Math.Clamp(blankLevels[component], 0, (1 << frame.Precision) - 1);
        double exact = 8.0 * (level - (1 << (frame.Precision - 1))) / divisor;
        if (level == 0)
        {
            return (int)Math.Floor(exact);
        }

        return (int)(level == (1 << frame.Precision) - 1 ? Math.Ceiling(exact) : Math.Round(exact));
    }
}
