namespace Smi.Deid.Text.Known;

/// <summary>A text reduced to its letters and digits, in capitals, with the way back.</summary>
internal sealed class CompactText
{
    private const int WidestGap = 3;
    private readonly string compact;
    private readonly int[] positions;

    public CompactText(string text)
    {
        var characters = new char[text.Length];
        positions = new int[text.Length];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsLetterOrDigit(text[index])) continue;
            positions[length] = index;
            characters[length++] = char.ToUpperInvariant(text[index]);
        }

        compact = new string(characters, 0, length);
    }

    public static string Compact(string value) => new([.. value.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);

    public int IndexOf(string value, int from) => from >= compact.Length ? -1 : compact.IndexOf(value, from, StringComparison.Ordinal);

    public int Position(int index) => positions[index];

    /// <summary>Are the characters of the match next to each other but for a few separators?</summary>
    public bool IsJoined(int at, int length)
    {
        for (var index = at + 1; index < at + length; index++)
        {
            if (positions[index] - positions[index - 1] > WidestGap) return false;
        }

        return true;
    }
}
