namespace Smi.Deid.Text.Known;

/// <summary>Optimal string alignment distance with a bound: insertions, deletions, substitutions and swapped neighbours; letters and digits that look alike cost nothing.</summary>
internal static class EditDistance
{
    private const int LongestCompared = 48;

    public static bool IsWithin(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int allowed)
    {
        if (left.Length > LongestCompared || right.Length > LongestCompared || Math.Abs(left.Length - right.Length) > allowed) return false;
        Span<int> beforeLast = stackalloc int[LongestCompared + 1];
        Span<int> last = stackalloc int[LongestCompared + 1];
        Span<int> current = stackalloc int[LongestCompared + 1];
        for (var column = 0; column <= right.Length; column++) last[column] = column;
        for (var row = 1; row <= left.Length; row++)
        {
            if (FillRow(left, right, row, beforeLast, last, current) > allowed) return false;
            var oldest = beforeLast;
            beforeLast = last;
            last = current;
            current = oldest;
        }

        return last[right.Length] <= allowed;
    }

    private static int FillRow(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int row, Span<int> beforeLast, Span<int> last, Span<int> current)
    {
        current[0] = row;
        var best = row;
        for (var column = 1; column <= right.Length; column++)
        {
            var substitution = last[column - 1] + (Alike(left[row - 1], right[column - 1]) ? 0 : 1);
            var cost = Math.Min(substitution, Math.Min(last[column], current[column - 1]) + 1);
            if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]) cost = Math.Min(cost, beforeLast[column - 2] + 1);
            current[column] = cost;
            best = Math.Min(best, cost);
        }

        return best;
    }

    private static bool Alike(char left, char right) => left == right || (left, right) switch
    {
        ('o', '0') or ('l', '1') or ('i', '1') or ('s', '5') or ('b', '8') or ('z', '2') or ('g', '9') or ('e', '3') or ('a', '4') or ('t', '7') => true,
        ('i', 'l') or ('l', 'i') => true,
        _ => false,
    };
}
