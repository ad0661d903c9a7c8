namespace Smi.Deid.Pixels.Detection;

/// <summary>The feature maps between an input and an answer, given back together: dispose it.</summary>
/// <param name="input">Is given back with them.</param>
internal sealed class FeatureRowsList(IFeatureRows input) : IDisposable
{
    private readonly List<IFeatureRows> all = [input];

    /// <param name="kept">Rows that whoever reads the result reads together.</param>
    public IFeatureRows Apply(IConvolution layer, IFeatureRows source, int kept) => Add(layer.Over(source, kept, rectified: true));

    /// <summary>Joins <paramref name="coarse"/>, brought to as many channels, to <paramref name="fine"/>.</summary>
    /// <param name="kept">Rows that whoever reads the result reads together.</param>
    public IFeatureRows Join(IFeatureRows fine, IConvolution narrowing, IFeatureRows coarse, int kept) =>
        Add(new JoinedRows(fine, Add(narrowing.Over(coarse, kept: 1, rectified: false)), kept));

    public IFeatureRows Add(IFeatureRows rows)
    {
        all.Add(rows);
        return rows;
    }

    public void Dispose() => all.ForEach(rows => rows.Dispose());
}
