namespace Smi.Deid.Tags.Ctp;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Spelling
{
    private const int FarthestDistance = 2;

    /// <summary>The candidate within two edits of a misspelled word, or null.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var (best, distance) = ((string?)null, FarthestDistance + 1);
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) < distance && Distance(word, candidate) is var found && found < distance)
            {
                (best, distance) = (candidate, found);
            }
        }

        return best;
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }

        return row[^1];
    }
}
