using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// A 3 × 3 convolution by tiles of four outputs along a row, which take six products for each row and input instead of twelve (minimal filtering
/// after Winograd, with the points 0, ±1, ±2 and infinity). A tile under which each row is one position over and over comes to one value for all
/// four, so that what is even stays even. All roundings are spelt out: the same answer on every processor.
/// </summary>
internal sealed class TiledConvolution : IConvolution
{
    public const int Kernel = 3;

    /// <summary>Outputs of a tile; the inputs that they depend on are as many as the terms made of these.</summary>
    private const int Tile = 4;
    private const int Terms = 6;

    private readonly (int Positions, (int Term, ChannelGroup Group)[] Groups)[] parts;
    private readonly int inputs;

    /// <param name="inputs">A multiple of eight, as are the outputs.</param>
    /// <param name="weights">[row][column][input][output].</param>
    public TiledConvolution(int inputs, float[] weights, float[] bias)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(inputs % ChannelGroup.Least, 0);
        (this.inputs, Outputs) = (inputs, bias.Length);
        // Each output has the second term once, and thus the bias.
        var groups = Enumerable.Range(0, Terms).SelectMany(
            term => ChannelGroup.Of(Transformed(weights, term), term == 1 ? bias : new float[bias.Length]), (term, group) => (Term: term, Group: group));
        parts = ChannelGroup.ByPositions(groups, one => one.Group);
    }

    public int RowsRead => 1;

    public int Outputs { get; }

    /// <summary>Tiles of a row, as many at least as are computed together; the last ones overlap rather than leaving a remainder.</summary>
    public static int Tiles(int width) => Math.Max(ConvolutionKernels.Many, (width + Tile - 1) / Tile);

    public IFeatureRows Over(IFeatureRows source, int kept, bool rectified) => new TiledConvolutionRows(this, source, kept, rectified);

    /// <summary>Where the terms of the tiles of rows are kept: [term][tile][input].</summary>
    public RowRing TermRows(int width, int height) => new(Terms * Tiles(width), height, inputs, Kernel);

    /// <summary>Where a row is computed: [term][tile][output].</summary>
    public RowRing ResultRow(int width) => new(Terms * Tiles(width), 1, Outputs, kept: 1);

    /// <summary>Makes the terms of a row.</summary>
    /// <param name="row">With its padding.</param>
    /// <param name="isEven">Receives for each tile whether all below it is the same to the bit.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void MakeTerms(ReadOnlySpan<float> row, Span<float> terms, Span<bool> isEven)
    {
        var width = (row.Length / inputs) - 2;
        var bits = MemoryMarshal.Cast<float, int>(row);
        var others = (Terms - 1) * inputs;
        fixed (float* below = row, made = terms)
        {
            for (var tile = 0; tile < isEven.Length; tile++)
            {
                var from = Math.Min(tile * Tile, width - Tile) * inputs;
                isEven[tile] = bits.Slice(from, others).SequenceEqual(bits.Slice(from + inputs, others));
                TileKernels.MakeTerms(below + from, made + (tile * inputs), inputs, isEven.Length * inputs);
            }
        }
    }

    /// <summary>Makes the next row of <paramref name="result"/>.</summary>
    /// <param name="terms">Of the row above it, of itself and of the row below.</param>
    /// <param name="rows">Where each of the three begins.</param>
    /// <param name="isEven">For each tile.</param>
    /// <param name="sums">Memory to work in: <see cref="ResultRow"/>.</param>
    public void MakeRow(ReadOnlySpan<float> terms, in KernelRows rows, ReadOnlySpan<bool> isEven, Span<float> sums, RowRing result, bool rectified)
    {
        var tiles = isEven.Length;
        Span<bool> isRepeated = stackalloc bool[ChannelGroup.MostBlocks(tiles)];
        var kernel = new RowKernel(Kernel, inputs, inputs, float.NegativeInfinity);
        foreach (var (positions, groups) in parts)
        {
            var blocks = isRepeated[..ChannelGroup.Blocks(tiles, positions)];
            FindRepeated(isEven, positions, blocks);
            foreach (var (term, group) in groups)
            {
                group.MakeRow(terms[(term * tiles * inputs)..], rows, kernel, blocks, sums.Slice(term * tiles * Outputs, tiles * Outputs));
            }
        }

        Finish(sums, isEven, result.Append(), rectified ? 0 : float.NegativeInfinity);
    }

    private float[] Transformed(float[] weights, int term)
    {
        var transformed = new float[Kernel * inputs * Outputs];
        var column = inputs * Outputs;
        for (var i = 0; i < transformed.Length; i++)
        {
            var first = (i / column * Kernel * column) + (i % column);
            double a = weights[first], b = weights[first + column], c = weights[first + (2 * column)];
            transformed[i] = (float)(term switch
            {
                0 => a / 4,
                1 => (a + b + c) / -6,
                2 => (a - b + c) / -6,
                3 => (a + (2 * b) + (4 * c)) / 24,
                4 => (a - (2 * b) + (4 * c)) / 24,
                _ => c,
            });
        }

        return transformed;
    }

    private static void FindRepeated(ReadOnlySpan<bool> isEven, int positions, Span<bool> isRepeated)
    {
        isRepeated[0] = false;
        for (var block = 1; block < isRepeated.Length; block++)
        {
            // Neighbouring tiles share inputs: where all are even, all are the same.
            var from = ChannelGroup.Start(block - 1, positions, isEven.Length);
            isRepeated[block] = !isEven[from..(ChannelGroup.Start(block, positions, isEven.Length) + positions)].Contains(false);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Finish(ReadOnlySpan<float> sums, ReadOnlySpan<bool> isEven, Span<float> row, float floor)
    {
        var width = row.Length / Outputs;
        fixed (float* from = sums, to = row)
        {
            for (var tile = 0; tile < isEven.Length; tile++)
            {
                TileKernels.Finish(from + (tile * Outputs), isEven.Length * Outputs, to + (Math.Min(tile * Tile, width - Tile) * Outputs), Outputs, floor, isEven[tile]);
            }
        }
    }
}
