using System.Text;
using System.Text.RegularExpressions;

namespace Smi.Deid.Tags.Ctp;

/// <summary>The replacement of Java's replaceAll: <c>$1</c>, <c>${name}</c>, and a backslash before a character that stands for itself.</summary>
internal sealed class JavaReplacement
{
    public static readonly JavaReplacement Nothing = new([], Directives.None);

    private readonly IReadOnlyList<Func<Match, string>> parts;

    private JavaReplacement(IReadOnlyList<Func<Match, string>> parts, Directives directives)
    {
        this.parts = parts;
        Directives = directives;
    }

    public Directives Directives { get; }

    /// <summary>Null when a group is not there or the text ends in the middle of something.</summary>
    public static JavaReplacement? Parse(string text, Regex pattern)
    {
        var parts = new List<Func<Match, string>>();
        var literal = new StringBuilder();
        for (var position = 0; position < text.Length; position++)
        {
            if (text[position] == '\\')
            {
                if (++position == text.Length)
                {
                    return null;
                }

                literal.Append(text[position]);
            }
            else if (text[position] != '$')
            {
                literal.Append(text[position]);
            }
            else if (GroupAt(text, ref position, pattern) is { } group)
            {
                Flush(literal, parts);
                parts.Add(match => match.Groups[group].Value);
            }
            else
            {
                return null;
            }
        }

        Flush(literal, parts);
        return new JavaReplacement(parts, DirectiveText.In(text));
    }

    public string Of(Match match) => string.Concat(parts.Select(part => part(match)));

    private static void Flush(StringBuilder literal, List<Func<Match, string>> parts)
    {
        if (literal.Length > 0)
        {
            var text = literal.ToString();
            parts.Add(_ => text);
            literal.Clear();
        }
    }

    // As many digits as still name a group; position ends on the last character of the reference.
    private static string? GroupAt(string text, ref int position, Regex pattern)
    {
        if (position + 1 < text.Length && text[position + 1] == '{')
        {
            var end = text.IndexOf('}', position);
            var name = end < 0 ? "" : text[(position + 2)..end];
            position = end;
            return pattern.GroupNumberFromName(name) >= 0 ? name : null;
        }

        var number = -1;
        while (position + 1 < text.Length && char.IsAsciiDigit(text[position + 1]))
        {
            var longer = (Math.Max(number, 0) * 10) + (text[position + 1] - '0');
            if (number >= 0 && pattern.GroupNameFromNumber(longer).Length == 0)
            {
                break;
            }

            number = longer;
            position++;
        }

        return number >= 0 && pattern.GroupNameFromNumber(number).Length > 0 ? pattern.GroupNameFromNumber(number) : null;
    }
}
