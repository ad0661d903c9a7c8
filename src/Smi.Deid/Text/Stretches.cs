namespace Smi.Deid.Text;

/// <summary>Stretches of a text, gathered from its beginning to its end; those that overlap are one.</summary>
internal sealed class Stretches
{
    private readonly List<int> starts = [];
    private readonly List<int> ends = [];

    /// <param name="start">Not before the start of the one that was added last.</param>
    /// <param name="end">Behind the last character.</param>
    public void Add(int start, int end)
    {
        if (ends.Count > 0 && start <= ends[^1])
        {
            ends[^1] = Math.Max(ends[^1], end);
            return;
        }

        starts.Add(start);
        ends.Add(end);
    }

    /// <summary>Does one of them share a character with the span?</summary>
    public bool Touch(TextSpan span)
    {
        // Of those that begin before the span ends the last one ends last, for they do not overlap.
        var next = starts.BinarySearch(span.End);
        var last = (next < 0 ? ~next : next) - 1;
        return last >= 0 && ends[last] > span.Start;
    }
}
