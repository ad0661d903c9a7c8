using System.Globalization;
using System.Text;

namespace Smi.Terminal;

/// <summary>
/// Text of unknown origin for a terminal. What a terminal would obey or hide is shown as its number: control characters, marks of writing
/// direction and other invisible format characters, line separators, halves of surrogate pairs.
/// </summary>
internal static class Printable
{
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length + 16);
        for (var index = 0; index < text.Length; index++)
        {
            if (Rune.TryGetRuneAt(text, index, out var rune) && !IsUnsafe(rune))
            {
                printable.Append(rune);
                index += rune.Utf16SequenceLength - 1;
            }
            else
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[index]:X4}");
            }
        }

        return printable.ToString();
    }

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
