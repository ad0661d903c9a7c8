namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// A convolution with bias over feature maps, padding 1 (0 for a 1 × 1 kernel), row by row. Outputs are computed in groups of channels for
/// several positions at a time (<see cref="ConvolutionKernels"/>). Each is its bias, to which row by row, column by column and input by input
/// one product is added with a single rounding, whatever the group: the same answer on every processor.
/// </summary>
internal sealed class Convolution
{
    /// <summary>Outputs are a multiple of this.</summary>
    public const int Least = 8;

    private readonly float[] weights;
    private readonly float[] bias;
    private readonly int inputs;

    /// <param name="weights">[row][column][input][output], outputs a multiple of eight.</param>
    public Convolution(int kernel, int stride, int inputs, float[] weights, float[] bias)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bias.Length % Least, 0);
        (Kernel, Stride, this.inputs, this.bias) = (kernel, stride, inputs, bias);
        this.weights = Grouped(weights, bias.Length);
    }

    /// <summary>Positions along a side.</summary>
    public int Kernel { get; }

    public int Stride { get; }

    public int Outputs => bias.Length;

    private int Padding => Kernel == 1 ? 0 : 1;

    private int Taps => Kernel * Kernel * inputs;

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

        Span<bool> isRepeated = stackalloc bool[(result.Width + ConvolutionKernels.Few - 1) / ConvolutionKernels.Few];
        var known = 0;
        var made = result.Append();
        for (var first = 0; first < Outputs; first += Group(Outputs, first))
        {
            var positions = Positions(Group(Outputs, first));
            var blocks = isRepeated[..((result.Width + positions - 1) / positions)];
            if (positions != known)
            {
                FindRepeated(source, y, positions, result.Width, blocks);
                known = positions;
            }

            MakeChannels(source.Values, rows, first, made, blocks, rectified ? 0 : float.NegativeInfinity);
        }

        result.FindRuns();
    }

    /// <summary>Channels that are computed together from <paramref name="first"/> on: sixteens, after 24 where eight would be left over.</summary>
    private static int Group(int outputs, int first) => first == 0 && outputs % 16 != 0 ? Math.Min(outputs, 24) : 16;

    /// <summary>Reorders to [group][row][column][input][output of the group]: the innermost loop then reads straight on.</summary>
    private static float[] Grouped(float[] weights, int outputs)
    {
        var grouped = new float[weights.Length];
        var to = 0;
        for (var first = 0; first < outputs; first += Group(outputs, first))
        {
            for (var tap = 0; tap < weights.Length; tap += outputs)
            {
                var part = weights.AsSpan(tap + first, Group(outputs, first));
                part.CopyTo(grouped.AsSpan(to));
                to += part.Length;
            }
        }

        return grouped;
    }

    private unsafe void MakeChannels(ReadOnlySpan<float> source, KernelRows rows, int first, Span<float> made, ReadOnlySpan<bool> isRepeated, float floor)
    {
        var group = Group(Outputs, first);
        var positions = Positions(group);
        fixed (float* values = source, w = &weights[first * Taps], b = &bias[first], row = made)
        {
            var kernels = new ConvolutionKernels(Kernel, Kernel * inputs, Stride * inputs, Outputs, floor);
            for (var block = 0; block < isRepeated.Length; block++)
            {
                var at = Start(block, positions, made.Length / Outputs);
                var input = values + (at * Stride * inputs);
                var output = row + (at * Outputs) + first;
                if (isRepeated[block])
                {
                    kernels.Repeat(row + (Start(block - 1, positions, made.Length / Outputs) * Outputs) + first, output, group, positions);
                }
                else if (group == 24)
                {
                    kernels.FourBy24(input, rows, w, b, output);
                }
                else if (group == 16)
                {
                    kernels.SixBy16(input, rows, w, b, output);
                }
                else
                {
                    kernels.SixBy8(input, rows, w, b, output);
                }
            }
        }
    }

    private static int Positions(int group) => group == 24 ? ConvolutionKernels.Few : ConvolutionKernels.Many;

    /// <summary>The last block overlaps the one before rather than leaving a remainder.</summary>
    private static int Start(int block, int positions, int width) => Math.Max(0, Math.Min(block * positions, width - positions));

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
