namespace Smi.Deid.Pixels.Detection;

/// <summary>What a tiled convolution makes of the rows of a feature map.</summary>
/// <param name="kept">As many rows as whoever reads them reads together.</param>
internal sealed class TiledConvolutionRows(TiledConvolution layer, IFeatureRows source, int kept, bool rectified) : IFeatureRows
{
    private readonly RowRing terms = layer.TermRows(source.Rows.Width, source.Rows.Height);
    private readonly RowRing sums = layer.ResultRow(source.Rows.Width);
    private readonly bool[][] isEven = [.. Enumerable.Range(0, TiledConvolution.Kernel).Select(_ => new bool[TiledConvolution.Tiles(source.Rows.Width)])];
    private readonly bool[] isEvenInAll = new bool[TiledConvolution.Tiles(source.Rows.Width)];

    public RowRing Rows { get; } = new(source.Rows.Width, source.Rows.Height, layer.Outputs, kept);

    public void MakeUpTo(int y)
    {
        for (var next = Rows.Made; next <= Math.Min(y, Rows.Height - 1); next++)
        {
            MakeTerms(Math.Min(next + 1, Rows.Height - 1));
            var rows = new KernelRows();
            isEvenInAll.AsSpan().Fill(true);
            for (var row = 0; row < TiledConvolution.Kernel; row++)
            {
                rows[row] = terms.Offset(next - 1 + row) + terms.Channels;
                KeepEven(next - 1 + row);
            }

            layer.MakeRow(terms.Values, rows, isEvenInAll, sums.Values, Rows, rectified);
        }
    }

    public void Dispose()
    {
        Rows.Dispose();
        terms.Dispose();
        sums.Dispose();
    }

    private void MakeTerms(int last)
    {
        while (terms.Made <= last)
        {
            var y = terms.Made;
            source.MakeUpTo(y);
            layer.MakeTerms(source.Rows.PaddedRow(y), terms.Append(), isEven[y % isEven.Length]);
        }
    }

    private void KeepEven(int y)
    {
        for (var tile = 0; y >= 0 && y < Rows.Height && tile < isEvenInAll.Length; tile++)
        {
            isEvenInAll[tile] &= isEven[y % isEven.Length][tile];
        }
    }
}
