namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>One precinct of a resolution; each of its layers is one packet.</summary>
internal sealed class Precinct(Resolution resolution, int index, long referenceX, long referenceY)
{
    private PrecinctBand[]? _bands;

    public int Component => resolution.Component;

    public int Level => resolution.Level;

    public int Index => index;

    /// <summary>Where the precinct's turn comes in the orders that go by position (B.12.1).</summary>
    public long ReferenceX => referenceX;

    public long ReferenceY => referenceY;

    public int NextLayer { get; set; }

    public ComponentStyle Style => resolution.Style;

    /// <summary>Made when a packet needs them: an empty packet does not.</summary>
    public PrecinctBand[] Bands => _bands ??= resolution.CreateBands(index);

    /// <summary>None where nothing is coded.</summary>
    public PrecinctBand[] DecodedBands => _bands ?? [];

    /// <summary>In the coordinates of the subbands; some may end before.</summary>
    public Area Area => resolution.AreaOf(index);
}
