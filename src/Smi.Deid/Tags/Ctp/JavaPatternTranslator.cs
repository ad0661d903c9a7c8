using System.Text;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// Rewrites a Java regular expression for .NET where the two mean different things: classes are ASCII, a dot stops at every line
/// end, <c>\Q…\E</c> quotes. What .NET cannot say is refused rather than read differently.
/// </summary>
internal sealed class JavaPatternTranslator
{
    private const string Dot = @"[^\n\r\u0085\u2028\u2029]";

    private static readonly Dictionary<char, string> Classes = new()
    {
        ['d'] = "0-9",
        ['D'] = @"\x00-/:-\uFFFF",
        ['w'] = "a-zA-Z0-9_",
        ['W'] = @"\x00-/:-@\[-\^`{-\uFFFF",
        ['s'] = @"\t-\r ",
        ['S'] = @"\x00-\x08\x0E-\x1F!-\uFFFF",
        ['h'] = @" \t\u00A0\u1680\u180E\u2000-\u200A\u202F\u205F\u3000",
        ['v'] = @"\n-\r\u0085\u2028\u2029",
    };

    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal)
    {
        ["Lower"] = "a-z",
        ["Upper"] = "A-Z",
        ["Alpha"] = "a-zA-Z",
        ["Digit"] = "0-9",
        ["Alnum"] = "a-zA-Z0-9",
        ["Punct"] = @"!-/:-@\[-`{-~",
        ["Graph"] = "!-~",
        ["Print"] = " -~",
        ["Blank"] = @" \t",
        ["Cntrl"] = @"\x00-\x1F\x7F",
        ["XDigit"] = "0-9a-fA-F",
        ["Space"] = @"\t-\r ",
        ["ASCII"] = @"\x00-\x7F",
    };

    private readonly string pattern;
    private readonly StringBuilder built = new();
    private readonly bool dotIsAll;
    private int position;

    private JavaPatternTranslator(string pattern)
    {
        this.pattern = pattern;
        var flags = pattern.IndexOf("(?", StringComparison.Ordinal);
        dotIsAll = flags >= 0 && pattern[(flags + 2)..].TakeWhile(char.IsAsciiLetter).Contains('s');
    }

    /// <exception cref="ArgumentException">It is wrong, or cannot be said here.</exception>
    public static string Translate(string pattern)
    {
        var translator = new JavaPatternTranslator(pattern);
        while (translator.position < pattern.Length)
        {
            translator.Step();
        }

        return translator.built.ToString();
    }

    private void Step()
    {
        switch (pattern[position])
        {
            case '\\':
                Escape(inClass: false);
                break;
            case '[':
                Class();
                break;
            case '.' when !dotIsAll:
                position++;
                built.Append(Dot);
                break;
            case '+' or '*' or '?' or '}' when position + 1 < pattern.Length && pattern[position + 1] == '+':
                throw new ArgumentException("possessive quantifiers are not supported");
            case '(' when IsForeignFlag():
                throw new ArgumentException("of the flags, i, m, s and x are supported");
            default:
                built.Append(pattern[position++]);
                break;
        }
    }

    private bool IsForeignFlag() =>
        pattern.AsSpan(position).StartsWith("(?") && pattern[(position + 2)..].TakeWhile(char.IsAsciiLetter).Any(flag => flag is 'u' or 'd' or 'U');

    private void Escape(bool inClass)
    {
        if (position + 1 == pattern.Length)
        {
            throw new ArgumentException("it ends with a backslash");
        }

        var letter = pattern[position + 1];
        position += 2;
        if (letter == 'Q')
        {
            Quote();
        }
        else if (Classes.TryGetValue(letter, out var set))
        {
            built.Append(inClass ? set : $"[{set}]");
        }
        else if (letter is 'p' or 'P')
        {
            Property(letter == 'P', inClass);
        }
        else if (letter is 'R' or 'X' or 'H' or 'V' or 'N' or '0' || (letter == 'x' && position < pattern.Length && pattern[position] == '{'))
        {
            throw new ArgumentException($"\\{letter} is not supported");
        }
        else
        {
            built.Append('\\').Append(letter);
        }
    }

    private void Quote()
    {
        var end = pattern.IndexOf(@"\E", position, StringComparison.Ordinal);
        var quoted = end < 0 ? pattern[position..] : pattern[position..end];
        position = end < 0 ? pattern.Length : end + 2;
        foreach (var character in quoted)
        {
            built.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }
    }

    private void Property(bool isNegated, bool inClass)
    {
        var end = position < pattern.Length && pattern[position] == '{' ? pattern.IndexOf('}', position) : -1;
        var name = end < 0 ? throw new ArgumentException("\\p needs a name in braces") : pattern[(position + 1)..end];
        position = end + 1;
        if (!Named.TryGetValue(name, out var set))
        {
            built.Append(isNegated ? "\\P{" : "\\p{").Append(name).Append('}');
        }
        else if (inClass && isNegated)
        {
            throw new ArgumentException("a negated named class inside a class is not supported");
        }
        else
        {
            built.Append(inClass ? set : isNegated ? $"[^{set}]" : $"[{set}]");
        }
    }

    // Java's classes may hold others and intersect; .NET would read both as characters.
    private void Class()
    {
        built.Append(pattern[position++]);
        var isFirst = true;
        if (position < pattern.Length && pattern[position] == '^')
        {
            built.Append(pattern[position++]);
        }

        for (; position < pattern.Length && (pattern[position] != ']' || isFirst); isFirst = false)
        {
            if (pattern[position] == '[' || pattern.AsSpan(position).StartsWith("&&"))
            {
                throw new ArgumentException("classes within classes and intersections are not supported");
            }

            if (pattern[position] == '\\')
            {
                Escape(inClass: true);
            }
            else
            {
                built.Append(pattern[position++]);
            }
        }
    }
}
