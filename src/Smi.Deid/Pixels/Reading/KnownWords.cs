using Smi.Deid.Identifiers;
using Smi.Deid.Verification;

namespace Smi.Deid.Pixels.Reading;

/// <summary>
/// The words that identify the patient, recognised in what was read even where the reader erred: characters that look alike are the same, one letter in
/// four may be another, missing or too many, and blanks between words may have been lost.
/// </summary>
internal sealed class KnownWords
{
    /// <summary>Shorter ones are no words; up to the second, only the same word counts.</summary>
    private const int Shortest = 2;
    private const int ShortestInexact = 4;

    private readonly HashSet<string> words;

    public KnownWords(KnownIdentifiers known) => words = known.All.SelectMany(identifier => Words.Of(identifier.Value)).Select(Unconfused)
        .Where(word => word.Length >= Shortest).ToHashSet(StringComparer.Ordinal);

    public bool AreIn(string text) => Words.Of(text).Select(Unconfused).Any(read => words.Contains(read) || words.Any(word => IsNearly(read, word)));

    private static bool IsNearly(string read, string word) =>
        word.Length >= ShortestInexact && (read.Contains(word, StringComparison.Ordinal) || Distance(read, word) <= word.Length / ShortestInexact);

    /// <summary>Letters to change, add or take away (Levenshtein 1965).</summary>
    private static int Distance(string read, string word)
    {
        int[] above = [.. Enumerable.Range(0, word.Length + 1)];
        for (var i = 1; i <= read.Length; i++)
        {
            var row = new int[above.Length];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (read[i - 1] == word[j - 1] ? 0 : 1));
            }

            above = row;
        }

        return above[^1];
    }

    /// <summary>Readers take 0 for O, 1 for I and 5 for S, and the other way round.</summary>
    private static string Unconfused(string word) =>
        word.Replace('0', 'O').Replace('1', 'I').Replace('L', 'I').Replace('5', 'S').Replace('8', 'B');
}
