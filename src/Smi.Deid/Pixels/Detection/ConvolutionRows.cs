namespace Smi.Deid.Pixels.Detection;

/// <summary>What a convolution makes of the rows of a feature map.</summary>
/// <param name="kept">As many rows as whoever reads them reads together.</param>
internal sealed class ConvolutionRows(Convolution layer, IFeatureRows source, int kept, bool rectified) : IFeatureRows
{
    public RowRing Rows { get; } = new(source.Rows.Width / layer.Stride, source.Rows.Height / layer.Stride, layer.Outputs, kept);

    public void MakeUpTo(int y)
    {
        for (var next = Rows.Made; next <= Math.Min(y, Rows.Height - 1); next++)
        {
            source.MakeUpTo(layer.LastRow(next));
            layer.MakeRow(source.Rows, next, Rows, rectified);
        }
    }

    public void Dispose() => Rows.Dispose();
}
