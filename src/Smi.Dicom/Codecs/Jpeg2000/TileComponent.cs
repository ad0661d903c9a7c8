namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>One component of a tile: its geometry and its samples, subbands side by side until the wavelet is undone.</summary>
internal sealed class TileComponent
{
    public TileComponent(int component, Area tile, ImageSize size, CodingParameters parameters)
    {
        Size = size.Components[component];
        Style = parameters.StyleOf(component);
        RegionShift = parameters.RegionShiftOf(component);
        Area = tile.DividedBy(Size.SubsamplingX, Size.SubsamplingY);
        var quantization = parameters.QuantizationOf(component);
        if (Style.IsReversible && !quantization.IsReversible)
        {
            throw new DicomFormatException("JPEG 2000: the reversible filter with quantization");
        }

        Resolutions = new Resolution[Style.Levels + 1];
        for (var level = 0; level <= Style.Levels; level++)
        {
            Resolutions[level] = new Resolution(component, level, AreaAt(level), Style, CreateSubbands(level, quantization));
        }
    }

    public ComponentSize Size { get; }

    public ComponentStyle Style { get; }

    public int RegionShift { get; }

    public Area Area { get; }

    public Resolution[] Resolutions { get; }

    private Area AreaAt(int level) => Area.Reduced(Style.Levels - level);

    private Subband[] CreateSubbands(int level, Quantization quantization)
    {
        if (level == 0)
        {
            return [CreateSubband(0, 0, 0, quantization)];
        }

        return [CreateSubband(level, 1, 0, quantization), CreateSubband(level, 0, 1, quantization), CreateSubband(level, 1, 1, quantization)];
    }

    private Subband CreateSubband(int level, int horizontal, int vertical, Quantization quantization)
    {
        var decomposition = level == 0 ? Style.Levels : Style.Levels - level + 1;
        var lower = level == 0 ? default : AreaAt(level - 1);
        var band = level == 0 ? 0 : (3 * (level - 1)) + horizontal + (2 * vertical);
        return new Subband
        {
            Area = Area.Subband(decomposition, horizontal, vertical),
            Horizontal = horizontal,
            Vertical = vertical,
            BufferX = horizontal * lower.Width,
            BufferY = vertical * lower.Height,
            BitPlanes = quantization.BitPlanes(band) + RegionShift,

            // The gain of a subband is one bit for each high-pass direction (table E.1).
            HalfStep = quantization.StepSize(band, Size.Precision + horizontal + vertical) / 2,
        };
    }
}
