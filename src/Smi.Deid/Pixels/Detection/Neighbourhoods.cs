using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// For each block of 4 × 4 pixels the mean of the 9 × 9 blocks around, and 1 / (deviation + floor); beyond an edge its blocks are repeated. Rows
/// of blocks are added from top to bottom; those that can still be read are kept.
/// </summary>
/// <param name="width">In blocks, a multiple of four.</param>
/// <param name="height">In blocks.</param>
internal sealed class Neighbourhoods(int width, int height) : IDisposable
{
    /// <summary>Pixels along a side of a block.</summary>
    public const int Block = 4;

    /// <summary>Blocks to either side that belong to a neighbourhood; as many rows below one that is read must have been added.</summary>
    public const int Reach = 4;

    private const int Across = (2 * Reach) + 1;
    private const float Share = 1f / Across;
    private const float Floor = 0.006f;

    // Means of nine blocks side by side, of the values and of their squares.
    private readonly RowRing means = new(width, height, 1, Across);
    private readonly RowRing squares = new(width, height, 1, Across);

    // Of the four pixels below each other in a row of blocks.
    private readonly float[] columns = new float[width * Block];
    private readonly float[] squaredColumns = new float[width * Block];

    // Of a row of blocks, with Reach repetitions on either side.
    private readonly float[] sum = new float[width + (2 * Reach)];
    private readonly float[] squareSum = new float[width + (2 * Reach)];

    public int Made => means.Made;

    /// <summary>Adds a row of blocks, four rows of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<float> first, ReadOnlySpan<float> second, ReadOnlySpan<float> third, ReadOnlySpan<float> fourth)
    {
        AddColumns(first, second, third, fourth);
        for (var block = 0; block < width; block++)
        {
            sum[block + Reach] = Mean(columns.AsSpan(block * Block, Block));
            squareSum[block + Reach] = Mean(squaredColumns.AsSpan(block * Block, Block));
        }

        Average(sum, means.Append());
        Average(squareSum, squares.Append());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(int y, Span<float> mean, Span<float> scale)
    {
        mean.Clear();
        scale.Clear();
        for (var row = y - Reach; row <= y + Reach; row++)
        {
            var inside = Math.Clamp(row, 0, height - 1);
            AddShare(means.Row(inside), mean);
            AddShare(squares.Row(inside), scale);
        }

        for (var x = 0; x < width; x += Vector128<float>.Count)
        {
            var average = Vector128.Create(mean[x..]);
            var variance = Vector128.Max(Vector128<float>.Zero, Vector128.Create(scale[x..]) - (average * average));
            (Vector128<float>.One / (Vector128.Sqrt(variance) + Vector128.Create(Floor))).CopyTo(scale[x..]);
        }
    }

    public void Dispose()
    {
        means.Dispose();
        squares.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddShare(ReadOnlySpan<float> values, Span<float> sum)
    {
        for (var x = 0; x < sum.Length; x += Vector128<float>.Count)
        {
            (Vector128.Create(sum[x..]) + (Vector128.Create(values[x..]) * Share)).CopyTo(sum[x..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddColumns(ReadOnlySpan<float> first, ReadOnlySpan<float> second, ReadOnlySpan<float> third, ReadOnlySpan<float> fourth)
    {
        for (var x = 0; x < columns.Length; x += Vector256<float>.Count)
        {
            Vector256<float> a = Vector256.Create(first[x..]), b = Vector256.Create(second[x..]), c = Vector256.Create(third[x..]), d = Vector256.Create(fourth[x..]);
            (a + b + (c + d)).CopyTo(columns, x);
            ((a * a) + (b * b) + ((c * c) + (d * d))).CopyTo(squaredColumns, x);
        }
    }

    private static float Mean(ReadOnlySpan<float> ofBlock) => (ofBlock[0] + ofBlock[1] + (ofBlock[2] + ofBlock[3])) * (1f / (Block * Block));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Average(float[] blocks, Span<float> result)
    {
        blocks.AsSpan(0, Reach).Fill(blocks[Reach]);
        blocks.AsSpan(blocks.Length - Reach).Fill(blocks[^(Reach + 1)]);
        for (var x = 0; x < result.Length; x += Vector128<float>.Count)
        {
            var total = Vector128<float>.Zero;
            for (var near = 0; near < Across; near++)
            {
                total += Vector128.Create(blocks, x + near);
            }

            (total * Share).CopyTo(result[x..]);
        }
    }
}
