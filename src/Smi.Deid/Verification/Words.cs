namespace Smi.Deid.Verification;

/// <summary>
/// Cuts text into words: runs of letters and digits, upper case. Ideographs and kana are written without blanks, so that each of
/// them is a word of its own.
/// </summary>
internal static class Words
{
    public static List<string> Of(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            var isWord = index < text.Length && char.IsLetterOrDigit(text[index]);
            var isIdeograph = isWord && IsIdeograph(text[index]);
            if (start >= 0 && (!isWord || isIdeograph))
            {
                words.Add(Fold(text[start..index]));
                start = -1;
            }

            if (isIdeograph)
            {
                words.Add(text[index].ToString());
            }
            else if (isWord && start < 0)
            {
                start = index;
            }
        }

        return words;
    }

    public static bool IsIdeograph(char character) => character is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3' or >= '\uF900' and <= '\uFAFF';

    private static string Fold(ReadOnlySpan<char> word)
    {
        Span<char> upper = word.Length <= 128 ? stackalloc char[word.Length] : new char[word.Length];
        word.ToUpperInvariant(upper);
        return upper.ToString();
    }
}
