using System.Globalization;
using System.Net;
using System.Text;

namespace Smi.Deid.Text;

/// <summary>HTML, XML or RTF read as plain text, with the way back to the original. Attribute values and comments are text too: they may hold names.</summary>
internal sealed class Markup
{
    private const int LongestEntity = 12;
    private const char NoBreakSpace = '\u00A0';

    // Groups that change the look of a run of letters, and may stand in the middle of a word.
    private static readonly string[] InlineControls =
        ["b", "i", "ul", "ulnone", "f", "fs", "cf", "cb", "highlight", "lang", "langfe", "strike", "sub", "super", "plain", "rtlch", "ltrch", "insrsid", "charrsid", "kerning", "expnd", "expndtw", "af", "afs", "cs"];

    private static readonly string[] Inline = ["b", "i", "u", "em", "strong", "span", "font", "sub", "sup", "small", "big", "a"];

    private readonly string original;
    private readonly StringBuilder plain;

    // For each plain character where it begins and ends in the original; both equal where it was only put between.
    private readonly List<(int Start, int End)> map;

    // Whether each open group of RTF is inline.
    private readonly Stack<bool> groups = [];

    // The end of a tag that was found last: the next one need not be looked for before it, or a text of nothing but beginnings takes for ever.
    private int closing = -1;

    private Markup(string original) => (this.original, plain, map) = (original, new StringBuilder(original.Length), new List<(int Start, int End)>(original.Length));

    public string Plain => plain.ToString();

    public static bool IsMarkup(string text) =>
        text.StartsWith(@"{\rtf", StringComparison.Ordinal) || text.Contains("</", StringComparison.Ordinal) || text.Contains("/>", StringComparison.Ordinal)
        || text.Contains("<br", StringComparison.OrdinalIgnoreCase) || text.Contains("<p>", StringComparison.OrdinalIgnoreCase) || text.Contains("&#", StringComparison.Ordinal)
        || (text.Contains('&', StringComparison.Ordinal) && WebUtility.HtmlDecode(text).Length != text.Length);

    public static Markup Decode(string text)
    {
        var markup = new Markup(text);
        if (text.StartsWith(@"{\rtf", StringComparison.Ordinal)) markup.DecodeRtf();
        else markup.DecodeTags();
        return markup;
    }

    /// <summary>The spans in the original. Markup inside a span stays: its text pieces are cut one by one, and only the first gets a placeholder.</summary>
    public IReadOnlyList<TextSpan> ToOriginal(IReadOnlyList<TextSpan> spans)
    {
        var result = new List<TextSpan>(spans.Count);
        foreach (var span in spans)
        {
            for (var index = span.Start; index < span.End; index++)
            {
                var (start, end) = map[index];
                if (end == start) continue;
                if (result.Count > 0 && result[^1].End == start && index > span.Start) result[^1] = result[^1] with { Length = end - result[^1].Start };
                else result.Add(span with { Start = start, Length = end - start });
            }
        }

        return result;
    }

    private void Add(char character, int start, int end)
    {
        plain.Append(character);
        map.Add((start, end));
    }

    private void DecodeTags()
    {
        for (var position = 0; position < original.Length;)
        {
            if (original[position] == '<' && EndOfTag(position) is var end and > 0) position = AddTag(position, end);
            else if (original[position] == '&' && Entity(position) is var (character, next) && next > 0)
            {
                Add(character, position, next);
                position = next;
            }
            else
            {
                Add(original[position], position, position + 1);
                position++;
            }
        }
    }

    private int EndOfTag(int position)
    {
        if (position + 1 >= original.Length || !(char.IsAsciiLetter(original[position + 1]) || original[position + 1] is '/' or '!' or '?')) return -1;
        if (closing < position) closing = original.IndexOf('>', position) is var found and >= 0 ? found : int.MaxValue;
        return closing < int.MaxValue ? closing : -1;
    }

    private int AddTag(int start, int end)
    {
        var nameEnd = start + 1;
        while (nameEnd < end && (char.IsAsciiLetterOrDigit(original[nameEnd]) || original[nameEnd] is '/' or '!' or '-' or '?' or ':')) nameEnd++;
        var name = original.AsSpan(start + 1, nameEnd - start - 1).Trim('/').ToString();
        if (!Inline.Contains(name, StringComparer.OrdinalIgnoreCase)) Add('\n', start, start);
        for (var position = nameEnd; position < end; position++) Add(original[position], position, position + 1);
        if (nameEnd < end) Add('\n', end, end);
        return end + 1;
    }

    private (char Character, int Next) Entity(int position)
    {
        var end = original.IndexOf(';', position, Math.Min(LongestEntity, original.Length - position));
        if (end < 0) return default;
        var name = original.AsSpan(position + 1, end - position - 1);
        if (name.Length > 1 && name[0] == '#') return (Numeric(name[1..]), end + 1);
        var decoded = WebUtility.HtmlDecode(original.Substring(position, end + 1 - position));
        return decoded.Length == 1 ? (decoded[0] == NoBreakSpace ? ' ' : decoded[0], end + 1) : default;
    }

    private static char Numeric(ReadOnlySpan<char> digits)
    {
        var hexadecimal = digits[0] is 'x' or 'X';
        var parsed = int.TryParse(hexadecimal ? digits[1..] : digits, hexadecimal ? NumberStyles.HexNumber : NumberStyles.Integer, CultureInfo.InvariantCulture, out var code);
        return parsed && code is > 0 and < 0xD800 ? (char)code : ' ';
    }

    private void DecodeRtf()
    {
        for (var position = 0; position < original.Length;)
        {
            position = original[position] switch
            {
                '\\' => AddControl(position),
                '{' or '}' => AddGroup(position),
                _ => AddLiteral(position),
            };
        }
    }

    private int AddLiteral(int position)
    {
        Add(original[position], position, position + 1);
        return position + 1;
    }

    private int AddGroup(int position)
    {
        var inline = original[position] == '{' ? IsInlineGroup(position) : groups.TryPop(out var opened) && opened;
        if (original[position] == '{') groups.Push(inline);
        if (!inline) Add('\n', position, position);
        return position + 1;
    }

    private bool IsInlineGroup(int position)
    {
        var start = position + 2;
        if (start >= original.Length || original[position + 1] != '\\') return false;
        var end = start;
        while (end < original.Length && char.IsAsciiLetter(original[end])) end++;
        return InlineControls.Contains(original[start..end], StringComparer.Ordinal);
    }

    /// <summary>\par, \tab, \'e9, \u233?, and any other control word, which is skipped.</summary>
    private int AddControl(int position)
    {
        var next = position + 1;
        if (next >= original.Length) return next;
        if (original[next] == '\'' && next + 2 < original.Length && int.TryParse(original.AsSpan(next + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
        {
            Add((char)code, position, next + 3);
            return next + 3;
        }

        if (!char.IsAsciiLetter(original[next])) return AddLiteral(next);
        while (next < original.Length && char.IsAsciiLetter(original[next])) next++;
        var word = original.AsSpan(position + 1, next - position - 1);
        var number = next;
        if (next < original.Length && original[next] == '-') next++;
        while (next < original.Length && char.IsAsciiDigit(original[next])) next++;
        if (word is "u" && int.TryParse(original.AsSpan(number, next - number), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unicode))
        {
            if (next < original.Length && original[next] == '?') next++;
            Add((char)(unicode & 0xFFFF), position, next);
            return next;
        }

        if (word is "par" or "line" or "tab" or "cell" or "row" or "sect" or "page") Add(word is "tab" ? '\t' : '\n', position, position);
        return next < original.Length && original[next] == ' ' ? next + 1 : next;
    }
}
