using System.Buffers;
using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Tests.Pixels;

public sealed class RowRingTests
{
    [Fact]
    public void Gives_no_row_that_is_gone_or_not_there_yet()
    {
        using var rows = new RowRing(6, 5, 1, kept: 2);
        for (var y = 0; y < 3; y++)
        {
            rows.Append().Fill(y);
        }

        Assert.Throws<InvalidOperationException>(() => rows.Offset(0));
        Assert.Throws<InvalidOperationException>(() => rows.Offset(3));
        Assert.Equal(1, rows.Row(1)[0]);
        Assert.Equal(2, rows.Row(2)[0]);
    }

    [Fact]
    public void Has_zeros_around_it()
    {
        using var rows = new RowRing(6, 1, 2, kept: 1);
        rows.Append().Fill(1);
        Assert.Equal([0, 0, 1], rows.Values.Slice(rows.Offset(0), 3).ToArray());
        Assert.Equal([1, 0, 0], rows.Values.Slice(rows.Offset(0) + 13, 3).ToArray());
        Assert.All(rows.Values.Slice(rows.Offset(-1), 16).ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(rows.Offset(-1), rows.Offset(1));
    }

    [Fact]
    public void Gives_its_rows_back_once()
    {
        const int length = 1 << 20;
        var rows = new RowRing(length - 2, 1, 1, kept: 1);
        rows.Dispose();
        rows.Dispose();

        // What was given back twice would be rented out twice.
        float[] first = ArrayPool<float>.Shared.Rent(2 * length), second = ArrayPool<float>.Shared.Rent(2 * length);
        Assert.NotSame(first, second);
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Values.Slice(0, 1));
    }
}
