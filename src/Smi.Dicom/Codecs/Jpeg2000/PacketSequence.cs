namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The packets of a tile in the order of its progression (ITU T.800 B.12).</summary>
internal static class PacketSequence
{
    public static IEnumerable<(Precinct Precinct, int Layer)> Order(Precinct[] precincts, CodingParameters parameters)
    {
        var style = parameters.Style;
        IReadOnlyList<ProgressionVolume> volumes = parameters.Progression.Count > 0
            ? parameters.Progression
            : [new ProgressionVolume(style.Order, 0, int.MaxValue, 0, int.MaxValue, style.Layers)];
        return volumes.SelectMany(volume => Order(precincts, volume, Math.Min(volume.EndLayer, style.Layers)));
    }

    private static IEnumerable<(Precinct Precinct, int Layer)> Order(Precinct[] precincts, ProgressionVolume volume, int layers)
    {
        var chosen = Array.FindAll(precincts, precinct => Contains(volume, precinct));
        Array.Sort(chosen, Comparison(volume.Order));
        return volume.Order switch
        {
            ProgressionOrder.LayerResolution => LayerByLayer(chosen, layers),
            ProgressionOrder.ResolutionLayer => chosen.GroupBy(precinct => precinct.Level).SelectMany(level => LayerByLayer([.. level], layers)),
            _ => chosen.SelectMany(precinct => LayerByLayer([precinct], layers)),
        };
    }

    /// <summary>Packets that an earlier progression brought are passed over (A.6.6).</summary>
    private static IEnumerable<(Precinct Precinct, int Layer)> LayerByLayer(Precinct[] precincts, int layers)
    {
        for (var layer = 0; layer < layers; layer++)
        {
            foreach (var precinct in precincts)
            {
                if (precinct.NextLayer == layer)
                {
                    yield return (precinct, layer);
                }
            }
        }
    }

    private static bool Contains(ProgressionVolume volume, Precinct precinct) =>
        precinct.Level >= volume.FirstResolution && precinct.Level < volume.EndResolution
        && precinct.Component >= volume.FirstComponent && precinct.Component < volume.EndComponent;

    private static Comparison<Precinct> Comparison(ProgressionOrder order) => order switch
    {
        ProgressionOrder.LayerResolution or ProgressionOrder.ResolutionLayer => static (a, b) =>
            First(a.Level.CompareTo(b.Level), a.Component.CompareTo(b.Component), a.Index.CompareTo(b.Index)),
        ProgressionOrder.ResolutionPosition => static (a, b) =>
            First(a.Level.CompareTo(b.Level), ByPosition(a, b), a.Component.CompareTo(b.Component), a.Index.CompareTo(b.Index)),
        ProgressionOrder.PositionComponent => static (a, b) =>
            First(ByPosition(a, b), a.Component.CompareTo(b.Component), a.Level.CompareTo(b.Level), a.Index.CompareTo(b.Index)),
        _ => static (a, b) =>
            First(a.Component.CompareTo(b.Component), ByPosition(a, b), a.Level.CompareTo(b.Level), a.Index.CompareTo(b.Index)),
    };

    private static int ByPosition(Precinct a, Precinct b) =>
        First(a.ReferenceY.CompareTo(b.ReferenceY), a.ReferenceX.CompareTo(b.ReferenceX));

    private static int First(int first, int second, int third = 0, int fourth = 0) =>
        first != 0 ? first : second != 0 ? second : third != 0 ? third : fourth;
}
