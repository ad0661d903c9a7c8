namespace Smi.Deid.Text.Formats;

/// <summary>English month abbreviations as they stand inside a token (26Aug2005).</summary>
internal static class Months
{
    private static readonly string[] Abbreviations = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static bool Contains(ReadOnlySpan<char> word)
    {
        foreach (var month in Abbreviations)
        {
            if (word.StartsWith(month, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
