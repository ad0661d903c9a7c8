using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Smi.Deid.Pixels.Detection;

/// <summary>
/// The rows of a feature map that were made last: Width positions of Channels floats each, channels together, between a position of zeros on
/// either side. Rows above and below the map are zeros too: the padding of the convolutions. Rented from the shared pool: dispose it.
/// </summary>
internal sealed class RowRing : IDisposable
{
    private float[] values;
    private readonly int kept;
    private readonly int rowLength;

    // Positions that are looked at together for runs, a power of two; for each row and so many positions of it, where the run of the same begins that
    // their last position ends; the longest run of each row, 0 until it is looked for.
    private readonly int together;
    private readonly int[] runs;
    private readonly int[] longest;
    private readonly int runsOfRow;

    /// <param name="kept">Rows that stay when further ones are made.</param>
    public RowRing(int width, int height, int channels, int kept)
    {
        (Width, Height, Channels, this.kept) = (width, height, channels, kept);
        rowLength = (width + 2) * channels;
        values = ArrayPool<float>.Shared.Rent(checked(rowLength * (kept + 1)));
        for (var slot = 0; slot < kept; slot++)
        {
            var row = values.AsSpan(slot * rowLength, rowLength);
            row[..channels].Clear();
            row[^channels..].Clear();
        }

        values.AsSpan(kept * rowLength, rowLength).Clear();
        together = channels < ChannelGroup.Least ? 16 : 4;
        runsOfRow = (width + 1 + together) / together;
        runs = new int[runsOfRow * (kept + 1)];
        longest = new int[kept + 1];
        longest[kept] = width + 2;
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    /// <summary>Rows made so far.</summary>
    public int Made { get; private set; }

    /// <summary>What offsets count in.</summary>
    public Span<float> Values => values;

    /// <summary>Where row y begins, with the zeros on its left.</summary>
    /// <exception cref="InvalidOperationException">The row is gone, or not there yet.</exception>
    public int Offset(int y)
    {
        if (y < 0 || y >= Height)
        {
            return kept * rowLength;
        }

        return y < Made && y >= Made - kept ? y % kept * rowLength : throw new InvalidOperationException("a row is asked for that is not kept");
    }

    /// <summary>Row y with its border.</summary>
    public ReadOnlySpan<float> PaddedRow(int y) => values.AsSpan(Offset(y), rowLength);

    /// <summary>The positions of row y without the border.</summary>
    public Span<float> Row(int y) => values.AsSpan(Offset(y) + Channels, Width * Channels);

    /// <summary>The next row, to be filled; the oldest goes.</summary>
    public Span<float> Append()
    {
        Made++;
        longest[Offset(Made - 1) / rowLength] = 0;
        return Row(Made - 1);
    }

    /// <summary>Takes out of <paramref name="blocks"/> those below which row y is not known to be the same position over and over.</summary>
    /// <param name="blocks">Whether block i is in question: the positions i × step … i × step + length − 1, of which the one of zeros on the left is the first.</param>
    /// <param name="lastStart">Where blocks begin at the latest.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void KeepRuns(int y, Span<bool> blocks, int step, int length, int lastStart)
    {
        var slot = Offset(y) / rowLength;
        if (longest[slot] == 0)
        {
            longest[slot] = FindRuns(slot);
        }

        if (longest[slot] < length)
        {
            blocks.Clear();
            return;
        }

        var row = runs.AsSpan(slot * runsOfRow, runsOfRow);
        var shift = BitOperations.Log2((uint)together);
        for (var block = 0; block < blocks.Length; block++)
        {
            var first = Math.Min(block * step, lastStart);
            blocks[block] &= row[(first + length - 1) >> shift] <= first;
        }
    }

    /// <summary>Gives the rows back, once: whoever reads on, or disposes it again, does no harm to whom they belong then.</summary>
    public void Dispose()
    {
        var rented = Interlocked.Exchange(ref values, []);
        if (rented.Length > 0)
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>Looks at a row for positions that are the same as the one before, to the bit; the length of the longest run of the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindRuns(int slot)
    {
        var row = MemoryMarshal.Cast<float, int>(values.AsSpan(slot * rowLength, rowLength));
        var found = runs.AsSpan(slot * runsOfRow, runsOfRow);
        int start = 0, most = 0;
        for (var part = 0; part < found.Length; part++)
        {
            var (first, last) = (Math.Max(0, (part * together) - 1), Math.Min((part + 1) * together, Width + 2) - 1);
            var length = (last - first) * Channels;
            start = row.Slice(first * Channels, length).SequenceEqual(row.Slice((first + 1) * Channels, length)) ? start : last;
            found[part] = start;
            most = Math.Max(most, last + 1 - start);
        }

        return most;
    }
}
