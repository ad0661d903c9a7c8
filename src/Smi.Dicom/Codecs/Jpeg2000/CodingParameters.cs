namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// The parameters in force: those of a tile-part header before those of the main header, and those of one component before those
/// of all (ITU T.800 A.6).
/// </summary>
internal sealed class CodingParameters(int components, CodingParameters? main = null)
{
    /// <summary>More than any encoder writes; each one is a walk through all packets.</summary>
    private const int MaximumProgressionChanges = 256;

    private readonly ComponentStyle?[] _componentStyles = new ComponentStyle?[components];
    private readonly Quantization?[] _componentQuantizations = new Quantization?[components];
    private readonly int?[] _regionShifts = new int?[components];
    private readonly List<ProgressionVolume> _progression = [];
    private CodingStyle? _style;
    private ComponentStyle? _defaultStyle;
    private Quantization? _quantization;

    public CodingStyle Style => _style ?? main?.Style ?? throw Missing();

    /// <summary>Empty where the order of the coding style holds throughout.</summary>
    public IReadOnlyList<ProgressionVolume> Progression => _progression.Count > 0 || main is null ? _progression : main.Progression;

    public ComponentStyle StyleOf(int component) =>
        _componentStyles[component] ?? _defaultStyle ?? main?.StyleOf(component) ?? throw Missing();

    public Quantization QuantizationOf(int component) =>
        _componentQuantizations[component] ?? _quantization ?? main?.QuantizationOf(component) ?? throw Missing();

    public int RegionShiftOf(int component) => _regionShifts[component] ?? main?.RegionShiftOf(component) ?? 0;

    /// <summary>True when the segment was one of coding parameters.</summary>
    public bool Read(int marker, ReadOnlySpan<byte> segment)
    {
        var reader = new SegmentReader(segment);
        switch (marker)
        {
            case Marker.CodingStyle:
                (_style, _defaultStyle) = CodingStyle.Read(segment);
                return true;
            case Marker.ComponentCodingStyle:
                var component = reader.ReadComponent(components);
                _componentStyles[component] = ComponentStyle.Read(ref reader, (reader.ReadByte() & 1) != 0);
                return true;
            case Marker.Quantization:
                _quantization = Quantization.Read(ref reader);
                return true;
            case Marker.ComponentQuantization:
                _componentQuantizations[reader.ReadComponent(components)] = Quantization.Read(ref reader);
                return true;
            case Marker.RegionOfInterest:
                ReadRegion(ref reader);
                return true;
            case Marker.ProgressionChange:
                ReadProgression(ref reader);
                return true;
            default:
                return false;
        }
    }

    private void ReadRegion(ref SegmentReader reader)
    {
        var component = reader.ReadComponent(components);
        if (reader.ReadByte() != 0)
        {
            throw new DicomFormatException("JPEG 2000: a region of interest of an unknown kind");
        }

        _regionShifts[component] = reader.ReadByte();
    }

    private void ReadProgression(ref SegmentReader reader)
    {
        while (reader.Remaining > 0)
        {
            var firstResolution = reader.ReadByte();
            var firstComponent = components < 257 ? reader.ReadByte() : reader.ReadUInt16();
            var endLayer = reader.ReadUInt16();
            var endResolution = reader.ReadByte();
            var endComponent = components < 257 ? reader.ReadByte() : reader.ReadUInt16();
            var order = reader.ReadByte();
            if (order > 4 || _progression.Count == MaximumProgressionChanges)
            {
                throw new DicomFormatException("JPEG 2000: progression order changes out of range");
            }

            // Table A.32: 0 stands for 256 where the field has one byte.
            _progression.Add(new ProgressionVolume(
                (ProgressionOrder)order, firstResolution, endResolution, firstComponent, endComponent == 0 ? 256 : endComponent, endLayer));
        }
    }

    private static DicomFormatException Missing() => new("JPEG 2000: coding style or quantization is missing");
}
