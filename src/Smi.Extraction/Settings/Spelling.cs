namespace Smi.Extraction.Settings;

/// <summary>Tells a slip of the pen from another word.</summary>
internal static class Spelling
{
    /// <summary>True when at most two letters differ, are missing or too many, in any case.</summary>
    public static bool IsNear(string left, string right) =>
        Math.Abs(left.Length - right.Length) <= 2 && Distance(left.ToUpperInvariant(), right.ToUpperInvariant()) <= 2;

    /// <summary>Levenshtein's distance, row by row.</summary>
    private static int Distance(string left, string right)
    {
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var replaced = above[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(replaced, Math.Min(above[column], current[column - 1]) + 1);
            }

            above = current;
        }

        return above[^1];
    }
}
