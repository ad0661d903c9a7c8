namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>One resolution of a tile-component with its subbands and its division into precincts (ITU T.800 B.5 to B.7).</summary>
internal sealed class Resolution
{
    private readonly int _precinctWidth;
    private readonly int _precinctHeight;
    private readonly int _precinctsAcross;

    public Resolution(int component, int level, Area area, ComponentStyle style, Subband[] subbands)
    {
        Component = component;
        Level = level;
        Area = area;
        Style = style;
        Subbands = subbands;
        _precinctWidth = style.PrecinctWidth(level);
        _precinctHeight = style.PrecinctHeight(level);
        if (!area.IsEmpty)
        {
            _precinctsAcross = Count(area.X0, area.X1, _precinctWidth);
            PrecinctCount = (long)_precinctsAcross * Count(area.Y0, area.Y1, _precinctHeight);
        }
    }

    public int Component { get; }

    public int Level { get; }

    public Area Area { get; }

    public ComponentStyle Style { get; }

    public Subband[] Subbands { get; }

    public long PrecinctCount { get; }

    public IEnumerable<Precinct> CreatePrecincts(Area tile, ComponentSize size)
    {
        var levels = Style.Levels - Level;
        for (var index = 0; index < PrecinctCount; index++)
        {
            yield return new Precinct(
                this,
                index,
                Reference(index % _precinctsAcross, _precinctWidth, Area.X0, tile.X0, levels, size.SubsamplingX),
                Reference(index / _precinctsAcross, _precinctHeight, Area.Y0, tile.Y0, levels, size.SubsamplingY));
        }
    }

    public PrecinctBand[] CreateBands(int precinct)
    {
        var area = AreaOf(precinct);
        return
        [
            .. Subbands.Select(subband => new PrecinctBand(
                subband, area.Intersect(subband.Area), Math.Min(Style.BlockWidth, _precinctWidth - Halving), Math.Min(Style.BlockHeight, _precinctHeight - Halving))),
        ];
    }

    /// <summary>What of each subband lies in a precinct, were subbands without end.</summary>
    public Area AreaOf(int precinct)
    {
        var (width, height) = (_precinctWidth - Halving, _precinctHeight - Halving);
        var x = (long)((Area.X0 >> _precinctWidth) + (precinct % _precinctsAcross)) << width;
        var y = (long)((Area.Y0 >> _precinctHeight) + (precinct / _precinctsAcross)) << height;
        return new Area((int)x, (int)y, Limited(x + (1L << width)), Limited(y + (1L << height)));
    }

    /// <summary>Subbands above the lowest resolution have half its size.</summary>
    private int Halving => Level == 0 ? 0 : 1;

    private static int Count(int first, int end, int exponent) => ((end - 1) >> exponent) - (first >> exponent) + 1;

    private static int Limited(long value) => (int)Math.Min(int.MaxValue, value);

    /// <summary>A first precinct that begins before the tile has its turn with the tile's first row or column.</summary>
    private static long Reference(int index, int exponent, int first, int tile, int levels, int subsampling)
    {
        var start = (long)((first >> exponent) + index) << exponent;
        return start < first ? tile : (start << levels) * subsampling;
    }
}
