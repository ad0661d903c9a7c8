namespace Smi.Deid.Pixels.Detection;

/// <summary>A convolution computed as it is defined, row by row.</summary>
internal sealed class Convolution : IConvolution
{
    private readonly (int Positions, ChannelGroup[] Groups)[] parts;
    private readonly int inputs;

    private Convolution(int kernel, int stride, int inputs, float[] weights, float[] bias)
    {
        (Kernel, Stride, this.inputs, Outputs) = (kernel, stride, inputs, bias.Length);
        parts = ChannelGroup.ByPositions(ChannelGroup.Of(weights, bias), group => group);
    }

    public int RowsRead => Kernel;

    public int Stride { get; }

    public int Outputs { get; }

    /// <summary>Positions along a side.</summary>
    private int Kernel { get; }

    private int Padding => Kernel == 1 ? 0 : 1;

    /// <summary>The way that takes the fewest products.</summary>
    /// <param name="weights">[row][column][input][output], outputs a multiple of eight.</param>
    public static IConvolution Of(int kernel, int stride, int inputs, float[] weights, float[] bias) =>
        kernel == TiledConvolution.Kernel && stride == 1 && inputs % ChannelGroup.Least == 0
            ? new TiledConvolution(inputs, weights, bias)
            : new Convolution(kernel, stride, inputs, weights, bias);

    public IFeatureRows Over(IFeatureRows source, int kept, bool rectified) => new ConvolutionRows(this, source, kept, rectified);

    /// <summary>The last row of the source that row <paramref name="y"/> depends on.</summary>
    public int LastRow(int y) => (y * Stride) - Padding + Kernel - 1;

    /// <summary>Makes row <paramref name="y"/>, the next of <paramref name="result"/>, of the source's rows around it.</summary>
    public void MakeRow(RowRing source, int y, RowRing result, bool rectified)
    {
        var rows = new KernelRows();
        for (var row = 0; row < Kernel; row++)
        {
            // Rows begin with a position of padding.
            rows[row] = source.Offset((y * Stride) - Padding + row) + ((1 - Padding) * inputs);
        }

        Span<bool> isRepeated = stackalloc bool[ChannelGroup.MostBlocks(result.Width)];
        var kernel = new RowKernel(Kernel, Kernel * inputs, Stride * inputs, rectified ? 0 : float.NegativeInfinity);
        var made = result.Append();
        foreach (var (positions, groups) in parts)
        {
            var blocks = isRepeated[..ChannelGroup.Blocks(result.Width, positions)];
            FindRepeated(source, y, positions, result.Width, blocks);
            foreach (var group in groups)
            {
                group.MakeRow(source.Values, rows, kernel, blocks, made);
            }
        }
    }

    /// <summary>
    /// Finds the blocks that come to what the one before came to, because under both the source is one position over and over: large parts of many
    /// pictures are black.
    /// </summary>
    private void FindRepeated(RowRing source, int y, int positions, int width, Span<bool> isRepeated)
    {
        var isInside = 1 - Padding;
        var length = (((2 * positions) - 1) * Stride) + Kernel + isInside;
        var lastStart = ((width - 1) * Stride) + Kernel + isInside - length;
        isRepeated[0] = false;
        isRepeated[1..].Fill(lastStart >= 0);
        for (var row = LastRow(y) - Kernel + 1; row <= LastRow(y) && lastStart >= 0; row++)
        {
            source.KeepRuns(row, isRepeated[1..], positions * Stride, length, lastStart);
        }
    }
}
