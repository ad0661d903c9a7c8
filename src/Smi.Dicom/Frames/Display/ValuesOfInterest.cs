namespace Smi.Dicom.Frames.Display;

/// <summary>What of the modality values becomes black, gray and white: a window or a LUT (PS3.3 C.11.2).</summary>
internal sealed class ValuesOfInterest
{
    private static readonly DicomTag WindowCenter = new(0x00281050);
    private static readonly DicomTag WindowWidth = new(0x00281051);
    private static readonly DicomTag VoiLutFunction = new(0x00281056);
    private static readonly DicomTag VoiLutSequence = new(0x00283010);
    private static readonly DicomTag FrameVoiLutSequence = new(0x00289132);

    private readonly Func<double, double> level;

    private ValuesOfInterest(Func<double, double> level) => this.level = level;

    /// <summary>Where those of a frame stand: in its functional groups (PS3.3 C.7.6.16.2.10), or in the data set.</summary>
    public static DicomDataSet Holder(DicomDataSet dataSet, int frame) => FunctionalGroups.Find(dataSet, FrameVoiLutSequence, frame);

    /// <summary>Null when the holder names neither LUT nor window.</summary>
    public static ValuesOfInterest? Find(DicomDataSet holder, bool isSigned) => FindTable(holder, isSigned) ?? FindWindow(holder);

    public static ValuesOfInterest Range(double least, double most) =>
        new(value => most > least ? (value - least) / (most - least) : 0);

    /// <summary>0 = black to 1 = white.</summary>
    public double Level(double value) => Math.Clamp(level(value), 0, 1);

    private static ValuesOfInterest? FindTable(DicomDataSet holder, bool isSigned) =>
        LookupTable.Find(holder, VoiLutSequence, isSigned) is { } table ? new(value => table.Value(value) / table.Largest) : null;

    private static ValuesOfInterest? FindWindow(DicomDataSet holder) =>
        holder.GetNumbers(WindowCenter) is [var centre, ..] && holder.GetNumbers(WindowWidth) is [var width, ..]
            ? Window(centre, width, holder.GetString(VoiLutFunction) ?? "LINEAR")
            : null;

    // C.11.2.1.2 and C.11.2.1.3; outside of the window the formulas leave 0…1 and are clamped.
    private static ValuesOfInterest? Window(double centre, double width, string function) => function switch
    {
        "SIGMOID" when width > 0 => new(value => 1 / (1 + Math.Exp(-4 * (value - centre) / width))),
        "LINEAR_EXACT" when width > 0 => new(value => ((value - centre) / width) + 0.5),
        _ when width > 1 => new(value => ((value - (centre - 0.5)) / (width - 1)) + 0.5),
        _ when width == 1 => new(value => value > centre - 0.5 ? 1 : 0),
        _ => null,
    };
}
