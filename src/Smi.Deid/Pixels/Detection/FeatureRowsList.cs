namespace Smi.Deid.Pixels.Detection;

/// <summary>The feature maps between an input and an answer, given back together: dispose it.</summary>
/// <param name="input">Is given back with them.</param>
internal sealed class FeatureRowsList(IFeatureRows input) : IDisposable
{
    private readonly List<IFeatureRows> all = [input];

    /// <param name="kept">Rows that whoever reads the result looks at together.</param>
    public ConvolutionRows Apply(Convolution layer, IFeatureRows source, int kept) => With(new ConvolutionRows(layer, source, kept, rectified: true));

    /// <summary>Joins <paramref name="coarse"/>, brought to as many channels, to <paramref name="fine"/>.</summary>
    /// <param name="kept">Rows that whoever reads the result looks at together.</param>
    public JoinedRows Join(IFeatureRows fine, Convolution narrowing, IFeatureRows coarse, int kept) =>
        With(new JoinedRows(fine, With(new ConvolutionRows(narrowing, coarse, kept: 1, rectified: false)), kept));

    public void Dispose() => all.ForEach(rows => rows.Dispose());

    private T With<T>(T rows)
        where T : IFeatureRows
    {
        all.Add(rows);
        return rows;
    }
}
