using System.Runtime.CompilerServices;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// Outputs of a layer that are computed together: 16, 24 or 8 channels for several positions at a time (<see cref="ConvolutionKernels"/>). Each is
/// its bias, to which row by row, column by column and input by input one product is added with a single rounding, whatever the group.
/// </summary>
internal sealed class ChannelGroup
{
    /// <summary>Outputs of a layer are a multiple of this.</summary>
    public const int Least = 8;

    private const int Usual = 16;
    private const int Wide = 24;

    private readonly float[] weights;
    private readonly float[] bias;
    private readonly int outputs;
    private readonly int first;
    private readonly int count;

    private ChannelGroup(float[] weights, float[] bias, int first, int count)
    {
        (outputs, this.first, this.count) = (bias.Length, first, count);
        this.bias = bias.AsSpan(first, count).ToArray();
        this.weights = new float[weights.Length / outputs * count];
        for (int from = first, to = 0; to < this.weights.Length; from += outputs, to += count)
        {
            weights.AsSpan(from, count).CopyTo(this.weights.AsSpan(to));
        }
    }

    /// <summary>Positions that are computed together.</summary>
    public int Positions => count == Wide ? ConvolutionKernels.Few : ConvolutionKernels.Many;

    /// <summary>All outputs: sixteens, after 24 where eight would be left over.</summary>
    /// <param name="weights">[tap][output].</param>
    /// <param name="bias">One for each output, a multiple of eight.</param>
    public static ChannelGroup[] Of(float[] weights, float[] bias)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bias.Length % Least, 0);
        List<ChannelGroup> groups = [];
        for (var first = 0; first < bias.Length;)
        {
            var count = first == 0 && bias.Length % Usual != 0 ? Math.Min(bias.Length, Wide) : Usual;
            groups.Add(new ChannelGroup(weights, bias, first, count));
            first += count;
        }

        return [.. groups];
    }

    /// <summary>Parted by the positions that are computed together: what is known of the blocks of a row is the same for all of one part.</summary>
    /// <param name="groups">Any that come with what <paramref name="group"/> takes of them.</param>
    public static (int Positions, T[] Groups)[] ByPositions<T>(IEnumerable<T> groups, Func<T, ChannelGroup> group) =>
        [.. groups.GroupBy(one => group(one).Positions, (positions, alike) => (positions, alike.ToArray()))];

    /// <summary>Blocks of a row of that many positions.</summary>
    public static int Blocks(int width, int positions) => (width + positions - 1) / positions;

    /// <summary>Of any group.</summary>
    public static int MostBlocks(int width) => Blocks(width, ConvolutionKernels.Few);

    /// <summary>The last block of positions overlaps the one before rather than leaving a remainder.</summary>
    public static int Start(int block, int positions, int width) => Math.Max(0, Math.Min(block * positions, width - positions));

    /// <param name="rows">Where in <paramref name="source"/> the rows under the kernel begin, as many as <paramref name="kernel"/> says.</param>
    /// <param name="isRepeated">For each block of positions whether it comes to the same as the one before.</param>
    /// <param name="made">All outputs of each position, of which those of this group are set.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void MakeRow(ReadOnlySpan<float> source, in KernelRows rows, in RowKernel kernel, ReadOnlySpan<bool> isRepeated, Span<float> made)
    {
        var width = made.Length / outputs;
        fixed (float* values = source, w = weights, b = bias, row = made)
        {
            var kernels = new ConvolutionKernels(kernel.Rows, kernel.Run, kernel.Step, outputs, kernel.Floor);
            for (var block = 0; block < isRepeated.Length; block++)
            {
                var at = Start(block, Positions, width);
                var input = values + (at * kernel.Step);
                var output = row + (at * outputs) + first;
                if (isRepeated[block])
                {
                    kernels.Repeat(row + (Start(block - 1, Positions, width) * outputs) + first, output, count, Positions);
                }
                else if (count == Usual)
                {
                    kernels.SixBy16(input, rows, w, b, output);
                }
                else if (count == Wide)
                {
                    kernels.FourBy24(input, rows, w, b, output);
                }
                else
                {
                    kernels.SixBy8(input, rows, w, b, output);
                }
            }
        }
    }
}
